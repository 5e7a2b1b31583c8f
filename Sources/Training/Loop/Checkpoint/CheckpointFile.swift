import Experiments
import Foundation

/// A checkpoint on disk.
///
/// ```
/// "ablate-checkpoint 1\n"   20 bytes
/// header's length           8 bytes, least significant first
/// header                    JSON
/// arrays                    32-bit floats, least significant byte first
/// SHA-256                   32 bytes over everything before
/// ```
/// A file is whole or not there: it is written beside its place, synchronised with the disk, and renamed, and then the
/// folder is synchronised as well. The one before it stays under another name, for the case that a disk spoils the newest.
public enum CheckpointFile {
    private static let magic = Array("ablate-checkpoint 1\n".utf8)
    private static let digestBytes = 32

    /// Why a checkpoint is not used.
    package struct Unusable: Error, CustomStringConvertible {
        package var description: String
    }

    /// The files in which a state may be found: the newest, and the one before it.
    package static func newestFirst(_ path: String) -> [String] { [path, previous(path)] }

    private static func previous(_ path: String) -> String { path + ".previous" }
    private static func beginning(_ path: String) -> String { path + ".new" }

    /// Writes a checkpoint; the one that was there becomes the one before it.
    ///
    /// - Throws: `POSIXFailure` where the system refuses; the old checkpoint then is still there.
    package static func write(_ checkpoint: Checkpoint, to path: String) throws {
        let bytes = try encode(checkpoint)
        let temporary = beginning(path)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw POSIXFailure("create", temporary) }
        do {
            try writeAll(bytes, to: descriptor, temporary)
            guard fsync(descriptor) == 0 else { throw POSIXFailure("synchronise", temporary) }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        guard rename(path, previous(path)) == 0 || errno == ENOENT else { throw POSIXFailure("rename", path) }
        guard rename(temporary, path) == 0 else { throw POSIXFailure("rename", temporary) }
        synchroniseFolder(of: path)
    }

    /// The checkpoint at `path`; nil where there is none.
    ///
    /// - Throws: `Unusable` where the file is damaged, or belongs to another trial.
    package static func read(_ path: String, for specification: TrialSpecification) throws -> Checkpoint? {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            if access(path, F_OK) != 0 { return nil }
            throw Unusable(description: "the checkpoint \(path) can't be read")
        }
        let checkpoint = try data.withUnsafeBytes { try decode($0, path) }
        guard checkpoint.header.specification == specification else {
            throw Unusable(description: "the checkpoint \(path) belongs to another trial")
        }
        return checkpoint
    }

    /// What is wrong with the file of a checkpoint, whichever trial's it is; nil for nothing.
    public static func problem(_ path: String) -> String? {
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            _ = try data.withUnsafeBytes { try decode($0, path) }
            return nil
        } catch let error as Unusable {
            return error.description
        } catch {
            return "the checkpoint \(path) can't be read"
        }
    }

    /// Takes a checkpoint away with all that belongs to it, where there is one.
    public static func remove(_ path: String) {
        for file in [path, previous(path), beginning(path)] {
            unlink(file)
        }
    }

    package static func encode(_ checkpoint: Checkpoint) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let header = try encoder.encode(checkpoint.header)
        var bytes = magic
        withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: header)
        for array in checkpoint.arrays {
            array.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        let digest = Digest()
        bytes.withUnsafeBytes { digest.update($0) }
        return bytes + digest.finishBytes()
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ path: String) throws -> Checkpoint {
        let start = magic.count + 8
        guard bytes.count >= start + digestBytes, bytes[..<magic.count].elementsEqual(magic) else {
            throw Unusable(description: "\(path) is no checkpoint of this version")
        }
        let end = bytes.count - digestBytes
        let digest = Digest()
        digest.update(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        guard digest.finishBytes().elementsEqual(bytes[end...]) else {
            throw Unusable(description: "the checkpoint \(path) is damaged (its digest differs)")
        }
        let length = bytes.loadUnaligned(fromByteOffset: magic.count, as: UInt64.self).littleEndian
        guard length <= UInt64(end - start) else {
            throw Unusable(description: "the checkpoint \(path) is damaged (its header is too long)")
        }
        let body = start + Int(length)
        let header: Checkpoint.Header
        do {
            header = try JSONDecoder().decode(Checkpoint.Header.self, from: Data(bytes[start..<body]))
        } catch {
            throw Unusable(description: "the checkpoint \(path) was written by another version")
        }
        return Checkpoint(header: header, arrays: try arrays(header, bytes[body..<end], path))
    }

    private static func arrays(
        _ header: Checkpoint.Header, _ bytes: Slice<UnsafeRawBufferPointer>, _ path: String
    ) throws -> [[Float]] {
        let width = MemoryLayout<Float>.stride
        var offset = bytes.startIndex
        var arrays: [[Float]] = []
        for array in header.arrays {
            guard array.count >= 0, array.count <= (bytes.endIndex - offset) / width else {
                throw Unusable(description: "the checkpoint \(path) is damaged (\(array.name) is too long)")
            }
            let piece = bytes.base[offset..<offset + array.count * width]
            arrays.append(
                [Float](unsafeUninitializedCapacity: array.count) { target, count in
                    UnsafeMutableRawBufferPointer(target).copyBytes(from: piece)
                    count = array.count
                })
            offset += array.count * width
        }
        guard offset == bytes.endIndex else {
            throw Unusable(description: "the checkpoint \(path) is damaged (numbers are left over)")
        }
        return arrays
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw POSIXFailure("write", path) }
            written += count
        }
    }

    /// Makes the rename itself durable. Some file systems can't; the file is whole either way.
    private static func synchroniseFolder(of path: String) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

/// The system refused something: what, with which file, and why.
struct POSIXFailure: Error, CustomStringConvertible {
    let description: String

    init(_ verb: String, _ path: String) {
        description = "the system refused to \(verb) \(path): \(String(cString: strerror(errno)))"
    }
}
