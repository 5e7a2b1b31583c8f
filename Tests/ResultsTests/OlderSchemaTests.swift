import Foundation
import GRDB
import Testing

import Results

/// Files of schema 1 open for reading, wherever they lie, and are brought up to date by a writer.
@Suite struct OlderSchemaTests {
    @Test func aReaderSeesAnOlderFileAndLeavesItAsItIs() throws {
        let path = try schema1()
        let bytes = FileManager.default.contents(atPath: path)
        let reader = try Store.openReadOnly(path: path)
        let summary = try Summary(reader, experiment: "hybrid-pattern")
        #expect(summary.rows.map { $0.count(.done) } == [8, 8, 8, 7])
        #expect(try reader.query("SELECT count(*) FROM v_trials").rows == [[.integer(32)]])
        #expect(try reader.query("SELECT count(*) FROM verification").rows == [[.integer(0)]])
        #expect(throws: StoreError.self) { try reader.query("DELETE FROM trial") }
        #expect(FileManager.default.contents(atPath: path) == bytes)
        try Samples.remove(path)
    }

    @Test func aWriterBringsItUpToDate() throws {
        let path = try schema1()
        let store = try Store.open(path: path)
        #expect(try store.reader.schemaVersion() == Samples.schema)
        #expect(try Summary(store.reader, experiment: "hybrid-pattern").rows.map { $0.count(.done) } == [8, 8, 8, 7])
        try Samples.remove(path)
    }

    /// A database without what later versions added.
    private func schema1() throws -> String {
        let store = try SummarySamples.store()
        try store.close()
        let queue = try DatabaseQueue(path: store.path)
        try queue.write { database in
            for view in ["v_trials", "v_curves", "v_pairs", "v_summary"] {
                try database.execute(sql: "DROP VIEW \(view)")
            }
            for table in ["verification", "bracket_row", "bracket", "look", "added_seed", "adaptive_plan"] {
                try database.execute(sql: "DROP TABLE \(table)")
            }
            for column in [
                "experiment.removed_at", "trial.removed_at", "attempt.removed_at", "attempt.seen_at",
                "attempt.checked_gradients", "experiment.selected_axes", "attempt.recomputed",
            ] {
                let names = column.split(separator: ".")
                try database.execute(sql: "ALTER TABLE \(names[0]) DROP COLUMN \(names[1])")
            }
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1 %'")
            try database.execute(sql: "PRAGMA user_version = 1")
        }
        try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try queue.close()
        return store.path
    }
}
