import ArgumentParser
import Foundation
import Results

/// `ablate gc`: deletes what nothing needs any more.
struct GCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract:
            "Delete removed trials, curves of superseded attempts and orphan checkpoints; a preview without --apply.",
        discussion: """
            Kept are all results, their attempts and curves, the reasons of earlier attempts, and checkpoints that a run \
            would go on from. What was removed cannot be restored afterwards.
            """)

    @Flag(name: .long, help: "Delete; without it, only say what would be deleted.")
    var apply = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var talk: TalkOptions

    func run() async throws {
        _ = try database.reader()
        try await database.writing(talk) { store in
            // Files whose trial is to be deleted are orphans as well, so the database comes first.
            let orphans = try CheckpointFiles.orphans(
                in: database.checkpointFolder, store.reader, ignoringRemoved: true)
            let cleaning = try store.clean(isPreview: !apply)
            let before = FileSize.of(database.path)
            if apply {
                for file in orphans { try file.delete() }
                rmdir(database.checkpointFolder)
                if try !cleaning.isEmpty && !store.compact() {
                    talk.say("ablate: another process has the database open: its file shrinks with the next gc.")
                }
            }
            try output.print(CleaningTable(cleaning, orphans, apply: apply, before: before, database.path).table)
        }
    }
}
