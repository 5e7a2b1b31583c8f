import Experiments
import Foundation
import Results

/// What can be found out about the database and what lies beside it.
enum DatabaseExamination {
    static func findings(_ options: DatabaseOptions) -> [Finding] {
        guard FileManager.default.fileExists(atPath: options.path) else {
            return [
                Finding(
                    .note, "database", "file", "there is no results database at \(options.path) yet",
                    remedy: "ablate run FILE makes one; --database or ABLATE_DATABASE names another")
            ]
        }
        do {
            let reader = try options.reader()
            let version = try reader.schemaVersion()
            let file = Finding(
                .good, "database", "file",
                "\(options.path), \(NumberFormat.bytes.text(Double(FileSize.of(options.path)))), schema \(version)")
            let findings = try [file, writing(options.path)] + reader.examine()
            return isSound(findings) ? findings + [try checkpoints(options, reader)] : findings
        } catch let error as StoreError {
            return [Finding(.problem, "database", "file", error.message, remedy: error.remedy)]
        } catch {
            return [Finding(.problem, "database", "file", "\(error)")]
        }
    }

    /// Whether the tables can be read at all.
    static func isSound(_ findings: [Finding]) -> Bool {
        findings.allSatisfy { $0.level != .problem || !["file", "integrity", "references"].contains($0.subject) }
    }

    private static func writing(_ path: String) -> Finding {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let isWritable = access(path, W_OK) == 0 && access(folder, W_OK) == 0
        return isWritable
            ? Finding(.good, "database", "access", "the file and its folder can be written")
            : Finding(
                .note, "database", "access", "the file or its folder can only be read, so nothing can be run into it",
                remedy: "Change their permissions, or name another file with --database")
    }

    private static func checkpoints(_ options: DatabaseOptions, _ reader: StoreReader) throws -> Finding {
        let orphans = try CheckpointFiles.orphans(in: options.checkpointFolder, reader, ignoringRemoved: false)
        let problems = try CheckpointFiles.problems(in: options.checkpointFolder)
        if let problem = problems.first {
            return Finding(
                .note, "database", "checkpoints", "\(counted(problems.count, "checkpoint")) cannot be used: \(problem)",
                remedy: "Nothing need be done: a run goes on from the one before it")
        }
        guard let first = orphans.first else {
            return Finding(.good, "database", "checkpoints", "every one belongs to a trial that would go on from it")
        }
        let bytes = NumberFormat.bytes.text(Double(orphans.reduce(0) { $0 + $1.bytes }))
        return Finding(
            .note, "database", "checkpoints",
            "\(counted(orphans.count, "checkpoint file")) (\(bytes)) nobody needs, such as \(first.path): \(first.reason)",
            remedy: "ablate gc --apply deletes them")
    }
}
