import Foundation
import GRDB

/// What a cleaning takes away, or would.
public struct Cleaning: Hashable, Sendable {
    /// Epochs and metrics of attempts that another attempt of their trial has superseded.
    public var supersededEpochs = 0
    public var supersededMetrics = 0
    /// Removed trials, and their attempts.
    public var removedTrials = 0
    public var removedAttempts = 0
    /// Removed experiments, and removed rows that have no trial left.
    public var removedExperiments = 0
    public var removedRows = 0

    public var isEmpty: Bool { self == Cleaning() }
}

extension Store {
    /// Deletes what no summary, query of a view or later run could need: the curves of superseded attempts of finished
    /// trials (the attempts themselves stay, with their reasons), and what a person has removed.
    ///
    /// - Parameter isPreview: counts only.
    public func clean(isPreview: Bool) throws -> Cleaning {
        try Store.opening(path) {
            var cleaning = Cleaning()
            try pool.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    cleaning = try indexed(database) { try delete(database) }
                    return isPreview ? .rollback : .commit
                }
            }
            return cleaning
        }
    }

    /// Gives the room of deleted rows back to the file system.
    ///
    /// - Returns: false where another process has the database open in a way that does not allow it now.
    public func compact() throws -> Bool {
        do {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "VACUUM")
                try database.checkpoint(.truncate)
            }
            return true
        } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
            return false
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    /// What refers to rows that are deleted, and has no index by which the reference is found: without one, each deleted
    /// attempt would be looked for in all trials.
    private static let references = ["trial (selected_attempt)", "verification (attempt)", "bracket_row (row)"]

    /// Runs `body` with indexes that are there for as long as the transaction takes.
    private func indexed<Value>(_ database: Database, _ body: () throws -> Value) throws -> Value {
        for (number, reference) in Store.references.enumerated() {
            try database.execute(sql: "CREATE INDEX cleaning_\(number) ON \(reference)")
        }
        let value = try body()
        for number in Store.references.indices {
            try database.execute(sql: "DROP INDEX cleaning_\(number)")
        }
        return value
    }

    private func delete(_ database: Database) throws -> Cleaning {
        var cleaning = Cleaning()
        let superseded = """
            attempt IN (SELECT a.id FROM attempt a JOIN trial t ON t.identity = a.trial
                WHERE t.state = 'done' AND a.id <> t.selected_attempt AND a.state <> 'running')
            """
        cleaning.supersededMetrics = try delete("metric WHERE \(superseded)", database)
        cleaning.supersededEpochs = try delete("epoch WHERE \(superseded)", database)
        _ = try delete("result WHERE \(superseded)", database)
        _ = try delete("measurement WHERE \(superseded)", database)
        let removed = """
            (SELECT identity FROM trial t WHERE removed_at IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM attempt a WHERE a.trial = t.identity AND a.state = 'running'))
            """
        let attempts =
            "(SELECT id FROM attempt WHERE trial IN \(removed) OR (removed_at IS NOT NULL AND state <> 'running'))"
        _ = try delete("verification WHERE attempt IN \(attempts)", database)
        try database.execute(sql: "UPDATE trial SET selected_attempt = NULL WHERE identity IN \(removed)")
        _ = try delete("row_trial WHERE trial IN \(removed)", database)
        cleaning.removedAttempts = try delete("attempt WHERE id IN \(attempts)", database)
        cleaning.removedTrials = try delete("trial WHERE identity IN \(removed)", database)
        let unused = "NOT EXISTS (SELECT 1 FROM row_trial x WHERE x.row = experiment_row.id)"
        cleaning.removedRows = try delete(
            "experiment_row WHERE \(unused) AND (removed_at IS NOT NULL OR experiment IN "
                + "(SELECT id FROM experiment WHERE removed_at IS NOT NULL))", database)
        // A removed experiment may share trials with others; its rows go with it, the trials stay.
        cleaning.removedExperiments = try delete("experiment WHERE removed_at IS NOT NULL", database)
        return cleaning
    }

    private func delete(_ rows: String, _ database: Database) throws -> Int {
        try database.execute(sql: "DELETE FROM \(rows)")
        return database.changesCount
    }
}
