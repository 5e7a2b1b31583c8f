import Foundation
import GRDB

extension Store {
    /// Sets trials aside: summaries, results and later runs act as if they had never been trained. Nothing is deleted.
    ///
    /// - Returns: how many there were that had not been removed before.
    /// - Throws: ``StoreError`` where one of them is being run.
    @discardableResult
    public func remove(trials identities: [String]) throws -> Int {
        try durableTransaction { try remove(trials: identities, at: try momentOfRemoval($0), $0) }
    }

    /// Sets a row of an experiment aside, with the trials that no other row counts.
    @discardableResult
    public func remove(row name: String, of experiment: String) throws -> Int {
        try durableTransaction { database in
            let row = try row(name, of: experiment, isRemoved: false, database)
            let now = try momentOfRemoval(database)
            try database.execute(sql: "UPDATE experiment_row SET removed_at = ? WHERE id = ?", arguments: [now, row])
            return try remove(trials: try trials(ofRows: "r.id = ?", [row], database), at: now, database)
        }
    }

    /// Sets an experiment aside, with the trials that no other experiment counts.
    @discardableResult
    public func remove(experiment name: String) throws -> Int {
        try durableTransaction { database in
            let experiment = try reader.experiment(name, database)
            let now = try momentOfRemoval(database)
            try database.execute(
                sql: "UPDATE experiment SET removed_at = ? WHERE id = ?", arguments: [now, experiment])
            let rows = "r.experiment = ? AND r.removed_at IS NULL"
            return try remove(trials: try trials(ofRows: rows, [experiment], database), at: now, database)
        }
    }

    /// Now, or just after the removal before: what went together is told by its moment, so no two removals share one.
    private func momentOfRemoval(_ database: Database) throws -> Date {
        let latest = try Date.fetchOne(
            database,
            sql: """
                SELECT max(removed_at) FROM (
                    SELECT removed_at FROM trial UNION ALL SELECT removed_at FROM experiment_row
                    UNION ALL SELECT removed_at FROM experiment)
                """)
        return max(Date(), latest?.addingTimeInterval(0.002) ?? .distantPast)
    }

    private func remove(trials identities: [String], at now: Date, _ database: Database) throws -> Int {
        var count = 0
        for identity in identities {
            try refuseRunning(identity, database)
            try database.execute(
                sql: "UPDATE trial SET removed_at = ? WHERE identity = ? AND removed_at IS NULL",
                arguments: [now, identity])
            count += database.changesCount
        }
        return count
    }

    /// The trials of these rows that no row outside of them counts any more.
    private func trials(ofRows condition: String, _ arguments: StatementArguments, _ database: Database) throws
        -> [String]
    {
        try String.fetchAll(
            database,
            sql: """
                SELECT DISTINCT rt.trial FROM experiment_row r JOIN row_trial rt ON rt.row = r.id
                WHERE \(condition) AND NOT EXISTS (
                    SELECT 1 FROM row_trial other
                    JOIN experiment_row o ON o.id = other.row AND o.removed_at IS NULL
                    JOIN experiment x ON x.id = o.experiment AND x.removed_at IS NULL
                    WHERE other.trial = rt.trial)
                """, arguments: arguments)
    }

    func row(_ name: String, of experiment: String, isRemoved: Bool, _ database: Database) throws -> Int64 {
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, name FROM experiment_row WHERE experiment = ? AND (removed_at IS NULL) = ?",
            arguments: [try reader.experiment(experiment, database), !isRemoved])
        guard let row = try rows.first(where: { try $0.value("name") == name }) else {
            let names = try rows.map { try $0.value("name") as String }.sorted().joined(separator: ", ")
            let kind = isRemoved ? "removed row" : "row"
            throw StoreError(
                .unknown, "the experiment \(experiment) has no \(kind) \"\(name)\"",
                remedy: names.isEmpty ? nil : "Its \(kind)s: \(names)")
        }
        return try row.value("id")
    }

    private func refuseRunning(_ identity: String, _ database: Database) throws {
        let here = Lease.current()
        let holder = try HeldAttempt.all(database).first { $0.trial == identity && !$0.lease.isDead(seenFrom: here) }
        guard let holder else { return }
        throw StoreError(
            .held,
            "the trial \(identity.prefix(10)) is being run by process \(holder.lease.processIdentifier) on "
                + holder.lease.host,
            remedy: "Stop that run first")
    }
}
