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
}

extension [TrialStatus] {
    /// How many trials are in each state.
    public var counts: [TrialState: Int] {
        reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    }
}
