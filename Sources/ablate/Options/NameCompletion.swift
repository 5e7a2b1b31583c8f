import ArgumentParser
import Foundation
import Networks
import Results

/// What the shell completes from the database: names of experiments, rows and trials, and the columns of results.
///
/// Without a database, or with one that cannot be read, there is nothing to complete; that is no error.
enum NameCompletion {
    static var experiments: CompletionKind {
        .custom { words, _, _ in
            names(words) { try $0.experimentNames() }
        }
    }

    static var rows: CompletionKind {
        .custom { words, _, _ in
            names(words) { try column($0, "SELECT DISTINCT \"row\" FROM v_trials") }
        }
    }

    /// Rows, rows with their experiment, layouts and experiments.
    static var comparable: CompletionKind {
        .custom { words, _, _ in
            names(words) { reader in
                try reader.experimentNames()
                    + column(reader, "SELECT DISTINCT \"row\" FROM v_trials")
                    + column(reader, "SELECT DISTINCT experiment || '/' || \"row\" FROM v_trials")
                    + column(reader, "SELECT DISTINCT layout FROM v_trials")
            }
        }
    }

    /// `experiment/row/seed`, and identities once one has been begun.
    static var trials: CompletionKind {
        .custom { words, _, prefix in
            names(words) { reader in
                try column(
                    reader,
                    "SELECT experiment || '/' || \"row\" || '/' || seed FROM v_trials ORDER BY experiment, position, seed"
                )
                    + (prefix.isEmpty ? [] : column(reader, "SELECT DISTINCT identity FROM v_trials"))
            }
        }
    }

    /// Published networks, experiment files, and the layouts that the database knows.
    static var layouts: CompletionKind {
        .custom { words, _, prefix in
            Variant.all.map(\.name) + experimentFiles(prefix)
                + names(words) { try column($0, "SELECT DISTINCT layout FROM v_trials") }
        }
    }

    /// Columns with commas between: what stands before the last comma stays.
    static var columns: CompletionKind {
        .custom { _, _, prefix in
            let begun = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
            return ResultQuery.availableColumns.map { begun + $0.name }
        }
    }

    /// The YAML files and the folders beside what has been written of a path.
    private static func experimentFiles(_ prefix: String) -> [String] {
        let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
        do {
            let entries = try FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
            return entries.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") || !$0.contains(".") }
                .sorted().map { folder + $0 }
        } catch {
            return []
        }
    }

    private static func names(_ words: [String], _ read: (StoreReader) throws -> [String]) -> [String] {
        do {
            return try read(Store.openReadOnly(path: path(in: words)))
        } catch {
            return []
        }
    }

    private static func column(_ reader: StoreReader, _ query: String) throws -> [String] {
        try reader.query(query, limits: .init(rows: 10_000, seconds: 1)).rows.compactMap { row in
            if case .text(let text) = row[0] { text } else { nil }
        }
    }

    /// The database that the command line being written names, as it stands there.
    private static func path(in words: [String]) -> String {
        var named: String?
        for (index, word) in words.enumerated() {
            if word == "--database", index + 1 < words.count { named = words[index + 1] }
            if word.hasPrefix("--database=") { named = String(word.dropFirst("--database=".count)) }
        }
        return DatabaseOptions.path(named)
    }
}
