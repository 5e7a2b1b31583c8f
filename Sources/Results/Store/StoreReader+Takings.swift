import Foundation
import GRDB

/// What an experiment's file, edited since, would take away from runs that are at work on the experiment as it is stored.
public struct Takings: Sendable {
    /// The processes that have trials of the experiment in hand, other than the one that asks, without those that are
    /// known to be gone.
    let holders: [HeldAttempt]
    /// How many trials they would lose.
    let trials: Int
    /// When the first holder began.
    let since: String?
    /// The experiments that ask for every trial that the first holder has in hand: it trains one of them.
    let candidates: [String]
    /// The experiment that would lose them.
    let experiment: String
    let here: Lease

    /// Whether none of the holders can be judged from here: only their signs of life can tell that they live.
    public var isUncertain: Bool { holders.allSatisfy { $0.lease.life(seenFrom: here) == .unknown } }

    /// The first of the holders.
    public var holder: Lease { holders[0].lease }

    /// One sentence, and what to do.
    var refusal: StoreError {
        let others = Set(holders.map(\.lease)).count - 1
        let moment = since.map { " since \($0.prefix(19)) UTC" } ?? ""
        let isHere = holder.host == here.host
        let trained = candidates.isEmpty ? "trials of several experiments" : candidates.joined(separator: " or ")
        let count = "\(trials) \(trials == 1 ? "trial" : "trials")"
        let loss =
            candidates.contains(experiment)
            ? "\(count) away from \(experiment) meanwhile"
            : "\(count) that it has in hand away from \(experiment), a run of which may be waiting for them"
        return StoreError(
            .held,
            "process \(holder.processIdentifier) on \(holder.host)\(others > 0 ? ", and \(others) more," : "") trains "
                + "\(trained)\(moment), and this file, which has other rows, seeds or settings, "
                + "would take \(loss)",
            remedy: "Wait until it ends (`ablate status --watch` shows it), stop it "
                + (isHere ? "(`kill -INT \(holder.processIdentifier)`)" : "there")
                + ", or give this file another `name:`; trials that both ask for are trained once")
    }
}

extension StoreReader {
    /// What registering these trials for an experiment would take away from running processes; nil for nothing.
    ///
    /// A row, seed or setting that is added takes nothing, and a word that is changed neither.
    public func takings(of experiment: String, by trials: [TrialEntry], here: Lease = .current()) throws -> Takings? {
        try read { try StoreReader.takings(of: experiment, by: trials, here, $0) }
    }

    static func takings(
        of experiment: String, by trials: [TrialEntry], _ here: Lease, _ database: Database
    ) throws -> Takings? {
        let alive = try HeldAttempt.all(database).filter { $0.lease != here && !$0.lease.isDead(seenFrom: here) }
        guard !alive.isEmpty else { return nil }
        let kept = Set(trials.map { Link(row: $0.row, seed: $0.specification.seed, trial: $0.identity) })
        let lost = Set(try unfinished(experiment, database).filter { !kept.contains($0) }.map(\.trial))
        guard !lost.isEmpty else { return nil }
        var candidates: [Lease: [String]] = [:]
        for lease in Set(alive.map(\.lease)) { candidates[lease] = try experiments(trainedBy: lease, database) }
        let own = alive.filter { candidates[$0.lease]?.contains(experiment) == true }
        // Where only others are at work, a run of this experiment can but wait for what they have in hand.
        let holders = own.isEmpty ? alive.filter { lost.contains($0.trial) } : own
        guard let first = holders.first?.lease else { return nil }
        let since = try String.fetchOne(
            database, sql: "SELECT min(claimed_at) FROM attempt WHERE \(ofLease)", arguments: arguments(first))
        return Takings(
            holders: holders, trials: own.isEmpty ? Set(holders.map(\.trial)).count : lost.count, since: since,
            candidates: candidates[first] ?? [], experiment: experiment, here: here)
    }

    /// The trials that the experiment asks for as it is stored, and that a run of it has still to train.
    private static func unfinished(_ experiment: String, _ database: Database) throws -> [Link] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT r.name, rt.seed, rt.trial FROM experiment e
                JOIN experiment_row r ON r.experiment = e.id AND r.removed_at IS NULL
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
                    AND t.state IN ('queued', 'running', 'interrupted', 'lost')
                WHERE e.name = ? AND e.removed_at IS NULL
                """, arguments: [experiment]
        ).map { try Link(row: $0.value("name"), seed: $0.value("seed"), trial: $0.value("trial")) }
    }

    /// The experiments one of which the process trains: those that ask for every trial that it has in hand.
    private static func experiments(trainedBy lease: Lease, _ database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT e.name FROM experiment e WHERE e.removed_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM attempt a WHERE a.state = 'running' AND \(ofLease) AND NOT EXISTS (
                        SELECT 1 FROM experiment_row r JOIN row_trial rt ON rt.row = r.id
                        WHERE r.experiment = e.id AND r.removed_at IS NULL AND rt.trial = a.trial))
                ORDER BY e.name
                """, arguments: arguments(lease))
    }

    /// The attempts of one process.
    private static let ofLease = "lease_host = ? AND lease_pid = ? AND lease_start = ? AND lease_boot = ?"

    private static func arguments(_ lease: Lease) -> StatementArguments {
        [lease.host, lease.processIdentifier, lease.processStart, lease.boot]
    }

    /// A row and seed of an experiment, and the trial that is theirs.
    private struct Link: Hashable {
        let row: String
        let seed: Int
        let trial: String
    }
}
