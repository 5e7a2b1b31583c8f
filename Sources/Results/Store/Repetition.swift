import Experiments
import GRDB

/// What training a stored trial again gave, to be compared with what is stored.
public struct Repetition: Sendable {
    public var provenance: Provenance
    public var epochs: [EpochReport]
    public var outcome: Outcome

    public init(provenance: Provenance, epochs: [EpochReport], outcome: Outcome) {
        self.provenance = provenance
        self.epochs = epochs
        self.outcome = outcome
    }
}

/// What the comparison of a repetition with its trial showed.
public struct VerificationResult: Hashable, Sendable {
    /// How many numbers were compared, the digest of the weights among them.
    public var compared: Int
    /// The first number that was not the same, with both values; nil where every bit was.
    public var firstDifference: String?

    public var isEqual: Bool { firstDifference == nil }
}

/// Compares numbers until one is not the same.
///
/// Equal numbers have equal bits, save for zeros of either sign, which SQLite does not tell apart.
struct BitComparison {
    private(set) var result = VerificationResult(compared: 0)

    mutating func number(_ name: String, stored: Double?, now: Double?) {
        let (stored, now) = (BitComparison.finite(stored), BitComparison.finite(now))
        note(name, isEqual: stored == now, BitComparison.words(stored), BitComparison.words(now))
    }

    mutating func text(_ name: String, stored: String?, now: String?) {
        note(name, isEqual: stored == now, stored ?? "nothing", now ?? "nothing")
    }

    private mutating func note(_ name: String, isEqual: Bool, _ stored: String, _ now: String) {
        result.compared += 1
        if !isEqual, result.firstDifference == nil {
            result.firstDifference = "\(name): stored \(stored), now \(now)"
        }
    }

    /// The number; nil for what is none, which SQLite stores as null.
    private static func finite(_ number: Double?) -> Double? {
        number.flatMap { $0.isNaN ? nil : $0 }
    }

    private static func words(_ number: Double?) -> String { number.map { "\($0)" } ?? "nothing" }
}
