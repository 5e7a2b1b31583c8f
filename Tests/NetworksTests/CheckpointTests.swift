import Foundation
import Networks
import Testing

/// Checkpoints of PyTorch, read without running anything in them. `Files/make.py` made the two that are read here.
@Suite struct CheckpointTests {
    @Test func tensorsOfEveryKindHaveTheirValues() throws {
        let file = try WeightsFile(path: SmallNetwork.file("checkpoint.pth.tar"))
        func values(_ name: String) throws -> [Float] { try file.floats(#require(file.array("module." + name))) }
        let plain: [Float] = [0, 0.25, 0.5, 0.75, 1, 1.25]
        #expect(try values("plain") == plain)
        #expect(try values("half") == plain && values("brain") == plain && values("double") == plain)
        #expect(file.array("module.transposed")?.shape == [3, 2])
        #expect(try values("transposed") == [0, 0.75, 0.25, 1, 0.5, 1.25])
        #expect(try values("image") == (0..<12).map(Float.init), "channels last in the file")
        #expect(try values("slice") == [4, 5, 6])
        #expect(try values("parameter") == [1.5, -2])
        #expect(try values("bn.num_batches_tracked") == [7])
        #expect(try values("empty") == [] && file.array("module.empty")?.shape == [0, 3])
        #expect(file.arrays.count == 10)
    }

    @Test func codeIsRefusedAndNamedButNotRun() throws {
        let error = try #require(throws: WeightsError.self) {
            try WeightsFile(path: SmallNetwork.file("code.pth.tar"))
        }
        #expect(error.message.contains("posix.system"), "\(error)")
        #expect(error.remedy.hasPrefix("do not load it anywhere") && !error.remedy.contains("torch"), "\(error)")
    }

    @Test func aListThatIsAskedForAgainAndAgainIsNotCopiedForEver() throws {
        let pair: [UInt8] = Array("NN".utf8) + [0x86]
        let list = Array("]q\0(".utf8) + Array(repeating: pair, count: 100_000).joined() + Array("e0".utf8)
        let dictionary: [UInt8] = Array("h\u{1}h\0".utf8) + [0x85] + Array("R0".utf8)
        let pickle =
            [0x80, 2] + list + Array("ccollections\nOrderedDict\nq\u{1}0".utf8)
            + Array(repeating: dictionary, count: 500_000).joined() + Array("}.".utf8)
        let error = try #require(throws: WeightsError.self) {
            try WeightsFile(archive(pickle), path: "hostile.pth")
        }
        #expect(error.message.contains("more values than are read"), "\(error)")
    }

    /// A zip archive of one entry, `a/data.pkl`, stored as it is.
    private func archive(_ pickle: [UInt8]) -> [UInt8] {
        func number(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(value >> (8 * $0) & 255) } }
        let name = Array("a/data.pkl".utf8)
        let sizes = number(pickle.count, 4) + number(pickle.count, 4) + number(name.count, 2) + number(0, 2)
        let entry = number(0x0403_4B50, 4) + number(0, 14) + sizes + name + pickle
        let list = number(0x0201_4B50, 4) + number(0, 16) + sizes + number(0, 14) + name
        let end = number(0x0605_4B50, 4) + number(0, 4) + number(1, 2) + number(1, 2)
        return entry + list + end + number(list.count, 4) + number(entry.count, 4) + number(0, 2)
    }

    @Test func olderFormatsSayHowToConvert() throws {
        let legacy: [UInt8] = [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]
        let error = try #require(throws: WeightsError.self) { try WeightsFile(legacy, path: "old.pth") }
        #expect(error.message.contains("before 1.6"), "\(error)")
    }
}
