import Foundation
import GRDB

extension Store {
    /// Takes the next trial of an experiment for this process, or says that there is none to take.
    ///
    /// Trials come seed by seed, and within a seed in the order of the rows, so that whole comparisons are complete as
    /// early as possible. Two processes never get the same trial: the choice and its mark are one transaction.
    /// - Parameter among: the identities to choose from; nil for all of the experiment.
    public func claim(
        experiment name: String, lease: Lease = .current(), among: [String]? = nil
    ) throws -> Assignment? {
        try transaction { database in
            let experiment = try reader.experiment(name, database)
            if let assignment = try next(experiment, lease, among, database) { return assignment }
            guard try markLost(seenFrom: lease, database) > 0 else { return nil }
            return try next(experiment, lease, among, database)
        }
    }

    /// Takes this trial for this process; nil where it is done, failed or held by another.
    public func claim(trial identity: String, lease: Lease = .current()) throws -> Assignment? {
        try transaction { database in
            try markLost(seenFrom: lease, database)
            let state = try String.fetchOne(
                database, sql: "SELECT state FROM trial WHERE identity = ? AND removed_at IS NULL",
                arguments: [identity])
            guard let state else {
                throw StoreError(.unknown, "\(path) has no trial \(identity)", remedy: "ablate results lists trials")
            }
            guard TrialState(rawValue: state)?.isClaimable ?? false else { return nil }
            return try begin(identity, lease, database)
        }
    }

    /// Puts trials that ended without a result back in the queue, whatever the reason.
    ///
    /// Trials that are done or running stay as they are.
    /// - Returns: how many were put back.
    @discardableResult
    public func requeue(trials identities: [String]) throws -> Int {
        try transaction { database in
            var count = 0
            for identity in identities {
                try database.execute(
                    sql: """
                        UPDATE trial SET state = 'queued'
                        WHERE identity = ? AND state NOT IN ('done', 'running') AND removed_at IS NULL
                        """, arguments: [identity])
                count += database.changesCount
            }
            return count
        }
    }

    private func next(_ experiment: Int64, _ lease: Lease, _ among: [String]?, _ database: Database) throws
        -> Assignment?
    {
        let choice = try among.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        let identity = try String.fetchOne(
            database,
            sql: """
                SELECT t.identity
                FROM experiment_row r
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial
                LEFT JOIN experiment_seed s ON s.experiment = r.experiment AND s.seed = rt.seed
                WHERE r.experiment = :experiment AND r.removed_at IS NULL
                    AND t.removed_at IS NULL AND t.state IN (\(TrialState.claimableList))
                    AND (:choice IS NULL OR t.identity IN (SELECT value FROM json_each(:choice)))
                ORDER BY s.position, r.position
                LIMIT 1
                """,
            arguments: ["experiment": experiment, "choice": choice])
        return try identity.map { try begin($0, lease, database) }
    }

    /// Opens a new attempt on a trial and marks both running.
    private func begin(_ identity: String, _ lease: Lease, _ database: Database) throws -> Assignment {
        let row = try Row.fetchOne(
            database,
            sql: """
                INSERT INTO attempt
                    (trial, number, state, lease_host, lease_pid, lease_start, lease_boot, claimed_at, seen_at)
                SELECT :trial, coalesce(max(number), 0) + 1, 'running', :host, :pid, :start, :boot, :now, :now
                FROM attempt WHERE trial = :trial
                RETURNING id, number
                """,
            arguments: [
                "trial": identity, "host": lease.host, "pid": lease.processIdentifier, "start": lease.processStart,
                "boot": lease.boot, "now": Date(),
            ])
        guard let row else { preconditionFailure("an insertion returns its row") }
        let attempt: Int64 = try row.value("id")
        try database.execute(sql: "UPDATE trial SET state = 'running' WHERE identity = ?", arguments: [identity])
        let canonical = try String.fetchOne(
            database, sql: "SELECT specification FROM trial WHERE identity = ?", arguments: [identity])
        let lastEpoch = try Int.fetchOne(
            database,
            sql: """
                SELECT max(epoch) FROM epoch
                WHERE attempt IN (SELECT id FROM attempt WHERE trial = ? AND removed_at IS NULL)
                """, arguments: [identity])
        let startsAnew = try Bool.fetchOne(
            database,
            sql: """
                SELECT count(*) > 0 AND sum(removed_at IS NULL) = 0 FROM attempt WHERE trial = ? AND id <> ?
                """, arguments: [identity, attempt])
        return Assignment(
            identity: identity, attempt: attempt, number: try row.value("number"), canonical: canonical ?? "",
            lastEpoch: lastEpoch ?? 0, startsAnew: startsAnew ?? false)
    }
}
