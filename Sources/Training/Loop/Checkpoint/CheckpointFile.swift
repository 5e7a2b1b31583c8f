import Experiments
import Files
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
/// A file is whole or not there (``WholeFile``). The one before it stays under another name, for the case that a disk
/// spoils the newest.
public enum CheckpointFile {
    static let magic = Array("ablate-checkpoint 1\n".utf8)

    /// Why a checkpoint is not used.
    package struct Unusable: Error, CustomStringConvertible {
        package var description: String
    }

    static func damaged(_ path: String, _ how: String) -> Unusable {
        Unusable(description: "the checkpoint \(path) is damaged (\(how))")
    }

    /// The files in which a state may be found: the newest, and the one before it.
    package static func newestFirst(_ path: String) -> [String] { [path, previous(path)] }

    private static func previous(_ path: String) -> String { path + ".previous" }

    /// Writes a checkpoint straight from where its numbers are; the one that was there becomes the one before it. Its
    /// folder is made where a run that ended has taken it with it.
    ///
    /// - Throws: `SystemError` where the system refuses; the old checkpoint then is still there.
    package static func write(_ checkpoint: Checkpoint, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let header = try encoder.encode(checkpoint.header)
        let length = withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init)
        try WholeFile.write(path, keeping: previous(path), makesFolder: true) { output throws(SystemError) in
            var hasher = SHA256Hasher()
            let beginning = magic + length + header
            hasher.update(beginning)
            try output.write(beginning)
            for array in checkpoint.arrays {
                try array.withBytes { bytes in
                    hasher.update(bytes)
                    return Result { () throws(SystemError) in try output.write(bytes) }
                }.get()
            }
            try output.write(hasher.finalize().bytes)
        }
    }

    /// The checkpoint at `path`; nil where there is none.
    ///
    /// - Throws: `Unusable` where the file is damaged, or belongs to another trial.
    package static func read(
        _ path: String, for specification: TrialSpecification
    ) throws(Unusable) -> CheckpointReader? {
        guard access(path, F_OK) == 0 else { return nil }
        let checkpoint = try CheckpointReader(path: path)
        guard checkpoint.header.specification == specification else {
            throw Unusable(description: "the checkpoint \(path) belongs to another trial")
        }
        return checkpoint
    }

    /// What is wrong with the file of a checkpoint, whichever trial's it is; nil for nothing.
    public static func problem(_ path: String) -> String? {
        do {
            _ = try CheckpointReader(path: path)
            return nil
        } catch {
            return error.description
        }
    }

    /// Takes a checkpoint away with all that belongs to it, where there is one.
    public static func remove(_ path: String) {
        for file in [path, previous(path), WholeFile.beginning(path)] {
            unlink(file)
        }
    }
}
