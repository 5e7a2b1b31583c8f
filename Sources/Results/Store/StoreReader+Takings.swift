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
    let here: Lease

    /// Whether none of the holders can be judged from here: only their signs of life can tell that they live.
    public var isUncertain: Bool { holders.allSatisfy { $0.lease.life(seenFrom: here) == .unknown } }

    /// The first of the holders.
    public var holder: Lease { holders[0].lease }

    /// One sentence, and what to do.
    func refusal(of experiment: String) -> StoreError {
        let others = Set(holders.map(\.lease)).count - 1
        let moment = since.map { " since \($0.prefix(19)) UTC" } ?? ""
        let isHere = holder.host == here.host
        return StoreError(
            .held,
            "process \(holder.processIdentifier) on \(holder.host)\(others > 0 ? ", and \(others) more," : "") trains "
                + "\(experiment)\(moment), and this file, which has other rows, seeds or settings, would take "
                + "\(trials) \(trials == 1 ? "trial" : "trials") away from it",
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
        let links = try Row.fetchAll(
            database,
            sql: """
                SELECT r.name, rt.seed, rt.trial FROM experiment e
                JOIN experiment_row r ON r.experiment = e.id AND r.removed_at IS NULL
                JOIN row_trial rt ON rt.row = r.id
                JOIN trial t ON t.identity = rt.trial AND t.removed_at IS NULL
                WHERE e.name = ? AND e.removed_at IS NULL
                """, arguments: [experiment]
        ).map { try Link(row: $0.value("name"), seed: $0.value("seed"), trial: $0.value("trial")) }
        let asked = Set(links.map(\.trial))
        let holders = alive.filter { asked.contains($0.trial) }
        guard let first = holders.first else { return nil }
        let kept = Set(trials.map { Link(row: $0.row, seed: $0.specification.seed, trial: $0.identity) })
        let lost = Set(links.filter { !kept.contains($0) }.map(\.trial))
        guard !lost.isEmpty else { return nil }
        let since = try String.fetchOne(
            database,
            sql: """
                SELECT min(claimed_at) FROM attempt
                WHERE lease_host = ? AND lease_pid = ? AND lease_start = ? AND lease_boot = ?
                """,
            arguments: [first.lease.host, first.lease.processIdentifier, first.lease.processStart, first.lease.boot])
        return Takings(holders: holders, trials: lost.count, since: since, here: here)
    }

    /// A row and seed of an experiment, and the trial that is theirs.
    private struct Link: Hashable {
        let row: String
        let seed: Int
        let trial: String
    }
}
