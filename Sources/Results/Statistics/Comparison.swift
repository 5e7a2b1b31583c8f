/// One row against another over the seeds that both have finished.
public struct Comparison: Hashable, Sendable {
    /// The level of every test and one minus that of every interval.
    public static let level = 0.05

    /// How many seeds a complete comparison has.
    public var seeds: Int
    public var differences: PairedDifferences
    /// Where the seeds are looked at again and again: the plan that the p-value is corrected by.
    public var plan: SequentialPlan?
    /// Two-sided, exact up to 40 pairs; nil without pairs.
    public var pValue: Double?
    /// Adjusted by Holm's method over `family` comparisons.
    public var adjustedPValue: Double?
    /// How many comparisons are made at once.
    public var family: Int
    /// The true difference that the same test of as many pairs would find four times in five, were the spread of the
    /// differences the observed one; nil where the test cannot reach the level.
    public var detectableDifference: Double?

    /// - Parameter plan: nil for a number of seeds that was fixed beforehand.
    public init(seeds: Int, differences: PairedDifferences, plan: SequentialPlan? = nil) {
        self.seeds = seeds
        self.differences = differences
        self.plan = plan
        pValue = SignFlipTest.pValue(differences.values)
        adjustedPValue = nil
        family = 1
    }

    public var interval: ClosedRange<Double>? { differences.interval(level: 1 - Comparison.level) }

    /// Whether every seed has its pair.
    public var isComplete: Bool { differences.count == seeds }

    /// The smallest adjusted p-value that all the seeds together could give.
    public var smallestPossiblePValue: Double {
        min(1, (plan?.smallestPossible(seeds) ?? SignFlipTest.smallestPossible(seeds)) * Double(family))
    }

    /// Whether the test could reach the level at all with this many seeds. Holm's method asks less of a comparison that
    /// stands behind smaller p-values, so it may have reached it all the same.
    public var canReachLevel: Bool {
        smallestPossiblePValue < Comparison.level || (adjustedPValue ?? 1) < Comparison.level
    }

    /// Whether the two rows are told apart: every seed has its pair, the adjusted p-value is below the level and the
    /// interval excludes 0. The seeds of a row that survived where others diverged tell nothing apart.
    public var isSeparated: Bool {
        guard isComplete, let adjustedPValue, let interval else { return false }
        return adjustedPValue < Comparison.level && !interval.contains(0)
    }

    /// Adjusts the p-values of comparisons that are made together, and finds what each could have detected.
    ///
    /// A comparison without pairs counts as one that found nothing: rows that failed or were stopped early make it no easier
    /// for the others.
    ///
    /// - Parameter detects: false where nobody asks for the detectable differences, which take longest.
    public static func adjusted(_ comparisons: [Comparison], detects: Bool = true) -> [Comparison] {
        var adjusted = comparisons
        for index in adjusted.indices where adjusted[index].differences.count > 0 {
            guard let plan = adjusted[index].plan else { continue }
            adjusted[index].pValue = SequentialSignFlip(adjusted[index].differences.values, plan: plan)
                .pValue(family: comparisons.count)
        }
        let values = HolmAdjustment.adjust(adjusted.map { $0.pValue ?? 1 })
        for (index, value) in zip(adjusted.indices, values) {
            adjusted[index].family = max(1, comparisons.count)
            adjusted[index].adjustedPValue = adjusted[index].pValue == nil ? nil : value
        }
        if detects { detect(&adjusted) }
        return adjusted
    }

    /// The effect in standard deviations depends on the number of pairs alone, so it is computed once for each.
    private static func detect(_ comparisons: inout [Comparison]) {
        var effects: [Int: Double] = [:]
        for index in comparisons.indices where comparisons[index].canReachLevel && comparisons[index].plan == nil {
            let comparison = comparisons[index]
            let pairs = comparison.differences.count
            guard let deviation = comparison.differences.standardDeviation else { continue }
            let effect =
                effects[pairs]
                ?? SignFlipPower.detectable(pairs: pairs, level: level / Double(comparison.family))
            effects[pairs] = effect
            comparisons[index].detectableDifference = effect.map { $0 * deviation }
        }
    }
}
