import ArgumentParser
import Foundation
import Results

/// Where the results are.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The file with the results (or the variable ABLATE_DATABASE; otherwise results/ablate.sqlite).",
            valueName: "path"),
        completion: .file(extensions: ["sqlite"]))
    var database: String?

    var path: String { Self.path(database) }

    /// The file that is meant where this one, or none, was named.
    static func path(_ named: String?) -> String {
        if let named { return named }
        return Variables.isSet("ABLATE_DATABASE") ? Variables.value("ABLATE_DATABASE") ?? "" : "results/ablate.sqlite"
    }

    /// The folder in which workers keep their state between epochs: beside the database and named like it.
    var checkpointFolder: String {
        (path.hasSuffix(".sqlite") ? String(path.dropLast(7)) : path) + ".checkpoints"
    }

    /// The database for reading; nil where there is none yet.
    func existing() throws -> StoreReader? {
        FileManager.default.fileExists(atPath: path) ? try reader() : nil
    }

    /// The database for reading.
    func reader() throws -> StoreReader {
        try Store.openReadOnly(path: path)
    }
}
