import Foundation
import GRDB

extension Store {
    /// Brings removed trials back with everything that they had; of a trial that was trained anew since, the attempts
    /// from before its removal.
    ///
    /// - Returns: how many trials had something to bring back.
    @discardableResult
    public func restore(trials identities: [String]) throws -> Int {
        try durableTransaction { try restore(trials: identities, $0) }
    }

    /// Brings a removed row of an experiment back, with the trials that went with it.
    @discardableResult
    public func restore(row name: String, of experiment: String) throws -> Int {
        try durableTransaction { database in
            let row = try row(name, of: experiment, isRemoved: true, database)
            let trials = try String.fetchAll(
                database,
                sql: """
                    SELECT rt.trial FROM experiment_row r JOIN row_trial rt ON rt.row = r.id
                    JOIN trial t ON t.identity = rt.trial AND t.removed_at = r.removed_at WHERE r.id = ?
                    """, arguments: [row])
            try database.execute(sql: "UPDATE experiment_row SET removed_at = NULL WHERE id = ?", arguments: [row])
            return try restore(trials: trials, database)
        }
    }

    /// Brings a removed experiment back, with the trials that went with it.
    @discardableResult
    public func restore(experiment name: String) throws -> Int {
        try durableTransaction { database in
            let found = try Int64.fetchOne(
                database, sql: "SELECT id FROM experiment WHERE name = ? AND removed_at IS NOT NULL",
                arguments: [name])
            guard let experiment = found else { throw try unknownRemoved(name, database) }
            let trials = try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT rt.trial FROM experiment e JOIN experiment_row r ON r.experiment = e.id
                    JOIN row_trial rt ON rt.row = r.id
                    JOIN trial t ON t.identity = rt.trial AND t.removed_at = e.removed_at WHERE e.id = ?
                    """, arguments: [experiment])
            try database.execute(
                sql: "UPDATE experiment SET removed_at = NULL WHERE id = ?", arguments: [experiment])
            return try restore(trials: trials, database)
        }
    }

    private func unknownRemoved(_ name: String, _ database: Database) throws -> StoreError {
        let removed = try String.fetchAll(
            database, sql: "SELECT name FROM experiment WHERE removed_at IS NOT NULL ORDER BY id")
        return StoreError(
            .unknown, "\(path) has no removed experiment called \"\(name)\"",
            remedy: removed.isEmpty
                ? "No experiment in it is removed" : "Removed are: \(removed.joined(separator: ", "))")
    }

    private func restore(trials identities: [String], _ database: Database) throws -> Int {
        var count = 0
        for identity in identities {
            try database.execute(
                sql: "UPDATE trial SET removed_at = NULL WHERE identity = ? AND removed_at IS NOT NULL",
                arguments: [identity])
            let trials = database.changesCount
            try database.execute(
                sql: "UPDATE attempt SET removed_at = NULL WHERE trial = ? AND removed_at IS NOT NULL",
                arguments: [identity])
            let attempts = database.changesCount
            guard trials + attempts > 0 else { continue }
            count += 1
            if attempts > 0 { try settle(identity, database) }
        }
        return count
    }

    /// Gives a trial without a result the newest one that its attempts have; a trial that is running keeps its state.
    private func settle(_ identity: String, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE trial SET state = 'done', selected_attempt = (
                    SELECT id FROM attempt WHERE trial = :trial AND state = 'done' ORDER BY number DESC LIMIT 1)
                WHERE identity = :trial AND selected_attempt IS NULL AND state <> 'running'
                    AND EXISTS (SELECT 1 FROM attempt WHERE trial = :trial AND state = 'done')
                """, arguments: ["trial": identity])
        try database.execute(
            sql: """
                UPDATE trial SET state = (SELECT state FROM attempt WHERE trial = :trial ORDER BY number DESC LIMIT 1)
                WHERE identity = :trial AND state = 'queued'
                """, arguments: ["trial": identity])
    }

    /// Queues the removed trials that an experiment asks for again. Their attempts stay removed.
    func beginAnew(_ experiment: Int64, _ database: Database) throws -> Int {
        let asked = """
            removed_at IS NOT NULL AND identity IN (
                SELECT rt.trial FROM experiment_row r JOIN row_trial rt ON rt.row = r.id
                WHERE r.experiment = :experiment AND r.removed_at IS NULL)
            """
        try database.execute(
            sql: """
                UPDATE attempt SET removed_at = (SELECT removed_at FROM trial WHERE identity = attempt.trial)
                WHERE removed_at IS NULL AND trial IN (SELECT identity FROM trial WHERE \(asked))
                """, arguments: ["experiment": experiment])
        try database.execute(
            sql: "UPDATE trial SET removed_at = NULL, selected_attempt = NULL, state = 'queued' WHERE \(asked)",
            arguments: ["experiment": experiment])
        return database.changesCount
    }
}
