/// Where a trial or an attempt stands.
public enum TrialState: String, Codable, CaseIterable, Hashable, Sendable {
    /// Not begun, or put back by `retry`.
    case queued
    /// An attempt holds it.
    case running
    /// Complete, with a result.
    case done
    /// The last attempt failed; `retry` puts it back.
    case failed
    /// The loss became infinite or not a number: a result of its own kind, not repeated unless `retry` says so.
    case diverged
    /// A person or the system stopped it; it is taken up again.
    case interrupted
    /// The process that held it is gone; it is taken up again.
    case lost

    /// Whether a coordinator may take a trial in this state without being told.
    public var isClaimable: Bool {
        switch self {
        case .queued, .interrupted, .lost: true
        case .running, .done, .failed, .diverged: false
        }
    }

    /// The claimable states as a list for SQL.
    static let claimableList = allCases.filter(\.isClaimable).map { "'\($0.rawValue)'" }.joined(separator: ", ")
}
