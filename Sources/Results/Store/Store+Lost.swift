import Foundation
import GRDB

extension Store {
    /// Marks every attempt lost whose holder was on this host and is gone.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func markLost() throws -> Int {
        let here = Lease.current()
        guard try reader.hasDeadHolders(seenFrom: here) else { return 0 }
        return try transaction { try markLost(seenFrom: here, $0) }
    }

    @discardableResult
    func markLost(seenFrom here: Lease, _ database: Database) throws -> Int {
        let dead = try HeldAttempt.dead(database, seenFrom: here)
        for held in dead {
            try lose(held, held.lease.endWithoutAWord, database)
        }
        return dead.count
    }

    func lose(_ held: HeldAttempt, _ message: String, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE attempt SET state = 'lost', reason = 'lost', message = ?, ended_at = ? WHERE id = ?",
            arguments: [message, Date(), held.attempt])
        try database.execute(
            sql: "UPDATE trial SET state = 'lost' WHERE identity = ? AND state = 'running'", arguments: [held.trial])
    }
}

extension StoreReader {
    func hasDeadHolders(seenFrom here: Lease) throws -> Bool {
        try read { database in
            try !HeldAttempt.dead(database, seenFrom: here).isEmpty
        }
    }
}

/// An attempt that the database calls running, and who holds it.
struct HeldAttempt: Sendable {
    let attempt: Int64
    let trial: String
    let lease: Lease
    /// The holder's last sign of life as it is stored; empty for none.
    let sign: String

    /// The attempts that the database calls running and whose process is gone.
    static func dead(_ database: Database, seenFrom here: Lease = .current()) throws -> [HeldAttempt] {
        try all(database).filter { $0.lease.isDead(seenFrom: here) }
    }

    /// Their trials.
    static func deadTrials(_ database: Database) throws -> Set<String> {
        Set(try dead(database).map(\.trial))
    }

    static func all(_ database: Database) throws -> [HeldAttempt] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, trial, lease_host, lease_pid, lease_start, lease_boot, coalesce(seen_at, '') AS sign
                FROM attempt WHERE state = 'running'
                """)
        return try rows.map { row in
            try HeldAttempt(
                attempt: row.value("id"), trial: row.value("trial"),
                lease: Lease(
                    host: row.value("lease_host"), processIdentifier: row.value("lease_pid"),
                    processStart: row.value("lease_start"), boot: row.value("lease_boot")), sign: row.value("sign"))
        }
    }
}
