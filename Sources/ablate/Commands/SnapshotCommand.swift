import ArgumentParser
import Results

/// `ablate snapshot`: the results as one file for other programs.
struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Copy the results to one read-only file for other programs.",
        discussion: """
            The file is plain SQLite without a log beside it: Datasette, DuckDB, sqlite-utils, pandas and sqlite3 open it. \
            It may be taken while a run goes on. Give it a name of its own: an earlier snapshot there is replaced.
            """)

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"),
        completion: .file(extensions: ["sqlite", "db"]))
    var output: String

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        try database.reader().snapshot(to: output)
    }
}
