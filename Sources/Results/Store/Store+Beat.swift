import Foundation
import GRDB

/// How far a running attempt has come within its trial.
public struct StepProgress: Hashable, Sendable {
    public var step: Int
    public var steps: Int

    public init(step: Int, steps: Int) {
        self.step = step
        self.steps = steps
    }
}

extension Store {
    /// Notes that this process still lives, and how far its attempts have come.
    ///
    /// - Parameter progress: by attempt; attempts that have ended are passed over.
    public func beat(_ progress: [Int64: StepProgress] = [:], lease: Lease = .current()) throws {
        try transaction { database in
            let now = Date()
            try database.execute(
                sql: """
                    UPDATE attempt SET seen_at = ? WHERE state = 'running' AND lease_host = ? AND lease_pid = ?
                        AND lease_start = ? AND lease_boot = ?
                    """,
                arguments: [now, lease.host, lease.processIdentifier, lease.processStart, lease.boot])
            for (attempt, place) in progress {
                try database.execute(
                    sql: "UPDATE attempt SET step = ?, steps = ?, progress_at = ? WHERE id = ? AND state = 'running'",
                    arguments: [place.step, place.steps, now, attempt])
            }
        }
    }

    /// Marks attempts lost whose holder cannot be judged from here and has given no sign of life since the caller noted
    /// the last one. Wall clocks are not compared: two hosts need not agree on the time.
    ///
    /// - Parameter signs: what ``StoreReader/distantSigns(experiment:)`` gave, long enough ago.
    /// - Returns: how many there were.
    @discardableResult
    public func markLost(silentSince signs: [Int64: String]) throws -> Int {
        try transaction { database in
            let silent = try HeldAttempt.all(database).filter { $0.sign == signs[$0.attempt] }
            for held in silent {
                try lose(held, "process \(held.lease.processIdentifier) on \(held.lease.host) is silent", database)
            }
            return silent.count
        }
    }
}

extension StoreReader {
    /// The last sign of life of every holder that runs a trial of this experiment and cannot be judged from here, by
    /// attempt.
    public func distantSigns(experiment name: String) throws -> [Int64: String] {
        let here = Lease.current()
        let distant = try held(experiment: name).filter { $0.lease.life(seenFrom: here) == .unknown }
        return Dictionary(distant.map { ($0.attempt, $0.sign) }, uniquingKeysWith: { first, _ in first })
    }
}

extension StoreReader {
    /// Whether another process trains, or may train, any trial of the database.
    public func isHeldByOthers() throws -> Bool {
        let here = Lease.current()
        return try read { database in
            try HeldAttempt.all(database).contains { $0.lease != here && !$0.lease.isDead(seenFrom: here) }
        }
    }
}

/// A trial that a process holds.
public struct HeldTrial: Hashable, Sendable {
    public var identity: String
    public var attempt: Int64
    public var holder: Lease
    /// Whether the holder is known to be gone.
    public var isDead: Bool
}

extension StoreReader {
    /// The trials of an experiment that some process holds, by attempt.
    public func heldTrials(experiment name: String) throws -> [HeldTrial] {
        let here = Lease.current()
        return try held(experiment: name).map {
            HeldTrial(
                identity: $0.trial, attempt: $0.attempt, holder: $0.lease, isDead: $0.lease.isDead(seenFrom: here))
        }
    }

    private func held(experiment name: String) throws -> [HeldAttempt] {
        try read { database in
            let isAsked = try database.makeStatement(
                sql: """
                    SELECT 1 FROM row_trial rt JOIN experiment_row r ON r.id = rt.row
                    WHERE rt.trial = ? AND r.experiment = ? AND r.removed_at IS NULL
                    """)
            let experiment = try experiment(name, database)
            return try HeldAttempt.all(database).filter {
                try Int.fetchOne(isAsked, arguments: [$0.trial, experiment]) != nil
            }.sorted { $0.attempt < $1.attempt }
        }
    }
}
