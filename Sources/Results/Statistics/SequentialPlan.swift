import Foundation

/// How often differences are looked at, fixed before the first look: after every pair, up to a number of pairs.
///
/// The chance of a false rejection that may be used up by look n is α·(n/N)^ρ (Kim and DeMets 1987); ρ = 2 keeps most of it
/// for the later looks and lets a clear difference be found early (docs/decisions/0009-looking-repeatedly.md).
public struct SequentialPlan: Hashable, Sendable {
    /// All 2ᴺ⁻¹ sign patterns are listed, so N has a limit.
    public static let possibleMost = 2...20
    public static let usualMost = 16
    public static let usualPower = 2.0

    /// N, the most pairs of a comparison.
    public var most: Int
    /// ρ.
    public var power: Double

    public init(most: Int = SequentialPlan.usualMost, power: Double = SequentialPlan.usualPower) {
        precondition(SequentialPlan.possibleMost.contains(most), "SequentialPlan: \(most) pairs")
        precondition(power > 0, "SequentialPlan: power \(power)")
        self.most = most
        self.power = power
    }

    /// The share of α that may be used up by the look at `pairs` pairs.
    public func share(_ pairs: Int) -> Double {
        pow(min(1, Double(pairs) / Double(most)), power)
    }

    /// The smallest p-value that so many pairs can give: all have the same sign.
    public func smallestPossible(_ pairs: Int) -> Double {
        pairs < 1 ? 1 : min(1, SignFlipTest.smallestPossible(pairs) / share(pairs))
    }

    /// The fewest pairs that can give a p-value below `level` in a family of `family` tests; nil where none can.
    public func fewest(level: Double, family: Int = 1) -> Int? {
        (1...most).first { smallestPossible($0) * Double(max(1, family)) < level }
    }
}
