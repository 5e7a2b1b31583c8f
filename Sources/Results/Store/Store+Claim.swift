import Foundation
import GRDB

extension Store {
    /// Takes the next trial of a queue for this process, or says that there is none to take now.
    ///
    /// Two processes never get the same trial: the choice and its mark are one transaction. Which rows ask for the
    /// trials does not matter: a run goes on with its own, whatever becomes of its experiment meanwhile.
    public func claim(from queue: inout ClaimQueue, lease: Lease = .current()) throws -> Assignment? {
        var rest = queue
        let assignment: Assignment? = try transaction { database in
            if let assignment = try next(&rest, lease, database) { return assignment }
            return try markLost(seenFrom: lease, database) > 0 ? next(&rest, lease, database) : nil
        }
        queue = rest
        return assignment
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

    private func next(_ queue: inout ClaimQueue, _ lease: Lease, _ database: Database) throws -> Assignment? {
        let statement = try database.cachedStatement(
            sql: "SELECT state FROM trial WHERE identity = ? AND removed_at IS NULL")
        let identity = try queue.next { identity -> Bool? in
            guard let row = try Row.fetchOne(statement, arguments: [identity]) else { return nil }
            let state: TrialState = try row.word("state")
            if state.isClaimable { return true }
            return state == .running ? false : nil
        }
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
        let startsAnew = try Bool.fetchOne(
            database,
            sql: """
                SELECT count(*) > 0 AND sum(removed_at IS NULL) = 0 FROM attempt WHERE trial = ? AND id <> ?
                """, arguments: [identity, attempt])
        return Assignment(
            identity: identity, attempt: attempt, number: try row.value("number"), startsAnew: startsAnew ?? false)
    }
}
