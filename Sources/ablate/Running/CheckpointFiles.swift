import Foundation
import Results
import Training

/// The files of a checkpoint folder, and which of them no run would go on from.
struct CheckpointFiles {
    /// One file.
    struct File: Hashable {
        let path: String
        let bytes: Int
        /// Why nothing needs it.
        let reason: String

        func delete() throws {
            guard unlink(path) == 0 || errno == ENOENT else {
                throw Refusal(
                    "\(path) can't be deleted: \(String(cString: strerror(errno)))", remedy: "Check its permissions")
            }
        }
    }

    /// The files whose trial is done, unknown or removed, and those that a crash left half written. Files that are not
    /// named like a checkpoint are left alone.
    ///
    /// - Parameter ignoringRemoved: whether removed trials count as unknown.
    static func orphans(in folder: String, _ reader: StoreReader, ignoringRemoved: Bool) throws -> [File] {
        try named(in: folder).compactMap { path, identity, suffix in
            let trial = try reader.trial(identity: identity)
            return reason(trial, isHalfWritten: suffix == ".new", ignoringRemoved).map {
                File(path: path, bytes: FileSize.of(path), reason: $0)
            }
        }
    }

    /// What is wrong with the newest checkpoints of the folder, one sentence each.
    static func problems(in folder: String) throws -> [String] {
        try named(in: folder).compactMap { path, _, suffix in suffix.isEmpty ? CheckpointFile.problem(path) : nil }
    }

    /// The files that are named like a checkpoint: path, identity of the trial, and `.new`, `.previous` or nothing.
    private static func named(in folder: String) throws -> [(path: String, identity: String, suffix: String)] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
            guard let match = name.wholeMatch(of: /([0-9a-f]{64})\.checkpoint(\.new|\.previous)?/) else { return nil }
            return ("\(folder)/\(name)", String(match.1), match.2.map(String.init) ?? "")
        }
    }

    private static func reason(_ trial: StoredTrial?, isHalfWritten: Bool, _ ignoringRemoved: Bool) -> String? {
        guard let trial else { return "its trial is not in the database" }
        if trial.state == .running { return nil }
        if trial.removedAt != nil { return ignoringRemoved ? "its trial is removed" : nil }
        if trial.state == .done { return "its trial is done" }
        return isHalfWritten ? "it was never completed" : nil
    }
}

/// How large a file is; 0 where there is none.
enum FileSize {
    static func of(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
