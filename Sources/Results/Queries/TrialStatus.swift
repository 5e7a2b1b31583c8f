import Experiments
import Foundation

/// Where one trial of an experiment stands.
public struct TrialStatus: Hashable, Sendable {
    /// Names of the rows that the trial serves, in the table's order.
    public var rows: [String]
    public var layout: String
    public var seed: Int
    public var identity: String
    /// The truth now: `lost` where the database says running and the process is gone.
    public var state: TrialState
    public var reason: String?
    public var message: String?
    /// How many attempts there were.
    public var attempts: Int
    /// The last epoch stored by the latest attempt; 0 for none.
    public var epoch: Int
    public var epochs: Int
    public var step: Int?
    public var steps: Int?
    /// Who holds it, while it runs.
    public var holder: Lease?
    /// When the holder was last heard of; nil where that is not known.
    public var seenAt: Date?
    public var wallSeconds: Double?
    /// The experiment's metric on test, once it is done.
    public var value: Double?

    /// Whether it was stopped on purpose, to go on if its row is among the better ones (`--halving`).
    public var isPaused: Bool { state == .interrupted && reason == Failure.Reason.paused.rawValue }

    /// Where it stands in one word: the state, or `paused`.
    public var word: String { isPaused ? TrialStatus.paused : state.rawValue }

    /// All words that ``word`` may be, in the order in which they are shown.
    public static let words = TrialState.allCases.map(\.rawValue) + [paused]

    private static let paused = Failure.Reason.paused.rawValue

    /// What the trial is called.
    public var label: TrialLabel { TrialLabel(rows: rows, seed: seed) }
}

extension [TrialStatus] {
    /// How many trials stand where, by ``TrialStatus/word``.
    public var wordCounts: [String: Int] {
        reduce(into: [:]) { $0[$1.word, default: 0] += 1 }
    }

    /// How many trials are in each state.
    public var counts: [TrialState: Int] {
        reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    }
}
