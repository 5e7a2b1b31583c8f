import Foundation
import Networks
import Testing

/// Ten thousand damaged files each: an error or a sound file, never a crash, never more memory than the file's own size.
@Suite struct WeightsCorruptionTests {
    @Test func safetensors() throws {
        var writer = SafetensorsWriter(metadata: ["format": "pt"])
        for (name, shape) in [("head.weight", [3, 4]), ("head.bias", [3]), ("norm.é", [])] {
            let values = [Float](repeating: 1.5, count: shape.reduce(1, *))
            values.withUnsafeBufferPointer { writer.add(name, shape: shape, $0) }
        }
        writer.add("norm.num_batches_tracked", shape: [], [7])
        try check(writer.contents(), seed: 1)
    }

    @Test func checkpoints() throws {
        try check(Array(try Data(contentsOf: URL(fileURLWithPath: SmallNetwork.file("checkpoint.pth.tar")))), seed: 2)
    }

    private func check(_ original: [UInt8], seed: UInt64) throws {
        #expect(throws: Never.self) { try WeightsFile(original, path: "original") }
        let network = try SmallNetwork.backbone()
        var random = SplitMix(state: seed)
        var refused = 0
        for _ in 0..<10_000 {
            let damaged = corrupted(original, &random)
            do {
                let file = try WeightsFile(damaged, path: "damaged")
                for array in file.arrays {
                    try #require(array.count * array.type.byteCount <= damaged.count, "\(array)")
                    _ = try file.floats(array)
                }
                try Weights.load(file, into: network.store)
                Issue.record("a damaged file of another network was loaded")
            } catch let error as WeightsError {
                refused += 1
                #expect(error.message.count < 100_000 && !error.remedy.isEmpty)
            }
        }
        #expect(refused == 10_000)
    }

    /// One to four changes: bits, bytes, numbers, cuts, insertions.
    private func corrupted(_ original: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard !bytes.isEmpty else { return bytes }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.removeLast(place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...16, using: &random)))
            case 4: bytes.insert(contentsOf: Array("9223372036854775807".utf8.prefix(Int(place % 19) + 1)), at: place)
            case 5: bytes.insert(contentsOf: bytes[place...].prefix(64), at: place)
            case 6:
                // The first bytes are the header's length, and the last ones the archive's end.
                let edge = Bool.random(using: &random) ? min(7, bytes.count - 1) : max(0, bytes.count - 22)
                bytes[edge] = UInt8.random(in: 0...255, using: &random)
            default:
                for index in place..<min(bytes.count, place + 8) { bytes[index] = 0xFF }
            }
        }
        return bytes
    }
}
