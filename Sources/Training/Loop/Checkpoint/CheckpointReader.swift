import Experiments
import Foundation
import Networks

/// A checkpoint that was found whole, read piece by piece, so that its numbers are never in memory twice.
package struct CheckpointReader {
    /// As much of the file as is looked at in one go.
    private static let piece = 1 << 20

    package let header: Checkpoint.Header
    private let source: ByteSource
    /// Where each run of numbers begins.
    private let offsets: [Int]

    /// Opens the file at `path`, whichever trial's it is.
    package init(path: String) throws(CheckpointFile.Unusable) {
        do {
            try self.init(ByteSource(path: path))
        } catch let error as CheckpointFile.Unusable {
            throw error
        } catch {
            throw .init(description: "the checkpoint \(path) can't be read")
        }
    }

    /// Reads bytes in memory; `path` is for messages.
    package init(_ bytes: [UInt8], path: String) throws {
        try self.init(ByteSource(bytes, path: path))
    }

    private init(_ source: ByteSource) throws {
        self.source = source
        let magic = CheckpointFile.magic
        let start = magic.count + 8
        let end = source.count - SHA256Digest.byteCount
        guard end >= start, try source.bytes(0, magic.count) == magic else {
            throw CheckpointFile.Unusable(description: "\(source.path) is no checkpoint of this version")
        }
        try CheckpointReader.checkDigest(source, end)
        let length = try source.bytes(magic.count, 8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(end - start) else {
            throw CheckpointFile.damaged(source.path, "its header is too long")
        }
        do {
            let text = try source.bytes(start, Int(length))
            header = try JSONDecoder().decode(Checkpoint.Header.self, from: Data(text))
        } catch is DecodingError {
            throw CheckpointFile.Unusable(description: "the checkpoint \(source.path) was written by another version")
        }
        offsets = try CheckpointReader.offsets(header, from: start + Int(length), to: end, source.path)
    }

    private static func checkDigest(_ source: ByteSource, _ end: Int) throws {
        var hasher = SHA256Hasher()
        for start in stride(from: 0, to: end, by: piece) {
            hasher.update(try source.bytes(start, min(piece, end - start)))
        }
        guard try source.bytes(end, SHA256Digest.byteCount) == hasher.finalize().bytes else {
            throw CheckpointFile.damaged(source.path, "its digest differs")
        }
    }

    private static func offsets(
        _ header: Checkpoint.Header, from start: Int, to end: Int, _ path: String
    ) throws -> [Int] {
        var offset = start
        let offsets = try header.arrays.map { array in
            guard array.count >= 0, array.count <= (end - offset) / MemoryLayout<Float>.stride else {
                throw CheckpointFile.damaged(path, "\(array.name) is too long")
            }
            defer { offset += array.count * MemoryLayout<Float>.stride }
            return offset
        }
        guard offset == end else { throw CheckpointFile.damaged(path, "numbers are left over") }
        return offsets
    }

    /// Puts a run of numbers, of the header's length, where it belongs.
    package func copy(_ index: Int, to target: UnsafeMutablePointer<Float>) throws {
        let numbers = UnsafeMutableBufferPointer(start: target, count: header.arrays[index].count)
        try source.read(offsets[index], into: UnsafeMutableRawBufferPointer(numbers))
    }

    /// A run of numbers.
    package func values(_ index: Int) throws -> [Float] {
        let count = header.arrays[index].count
        return try [Float](unsafeUninitializedCapacity: count) { target, filled in
            if let first = target.baseAddress { try copy(index, to: first) }
            filled = count
        }
    }
}
