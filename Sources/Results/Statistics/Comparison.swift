/// One row against another over the seeds that both have finished.
public struct Comparison: Hashable, Sendable {
    /// The level of every test and one minus that of every interval.
    public static let level = 0.05

    /// How many seeds a complete comparison has.
    public var seeds: Int
    public var differences: PairedDifferences
    /// Two-sided, exact up to 40 pairs; nil without pairs.
    public var pValue: Double?
    /// Adjusted by Holm's method over `family` comparisons.
    public var adjustedPValue: Double?
    /// How many comparisons are made at once.
    public var family: Int
    /// The true difference that a paired t test of as many pairs would find four times in five; nil where the
    /// sign-flip test cannot reach the level.
    public var detectableDifference: Double?

    public init(seeds: Int, differences: PairedDifferences) {
        self.seeds = seeds
        self.differences = differences
        pValue = SignFlipTest.pValue(differences.values)
        adjustedPValue = nil
        family = 1
    }

    public var interval: ClosedRange<Double>? { differences.interval(level: 1 - Comparison.level) }

    /// Whether every seed has its pair.
    public var isComplete: Bool { differences.count == seeds }

    /// The smallest adjusted p-value that all the seeds together could give.
    public var smallestPossiblePValue: Double {
        min(1, SignFlipTest.smallestPossible(seeds) * Double(family))
    }

    /// Whether the test could reach the level at all with this many seeds. Holm's method asks less of a comparison that
    /// stands behind smaller p-values, so it may have reached it all the same.
    public var canReachLevel: Bool {
        smallestPossiblePValue < Comparison.level || (adjustedPValue ?? 1) < Comparison.level
    }

    /// Whether the two rows are told apart: the adjusted p-value is below the level and the interval excludes 0.
    public var isSeparated: Bool {
        guard let adjustedPValue, let interval else { return false }
        return adjustedPValue < Comparison.level && !interval.contains(0)
    }

    /// Adjusts the p-values of comparisons that are made together, and finds what each could have detected.
    public static func adjusted(_ comparisons: [Comparison]) -> [Comparison] {
        let tested = comparisons.indices.filter { comparisons[$0].pValue != nil }
        let values = HolmAdjustment.adjust(tested.compactMap { comparisons[$0].pValue })
        var adjusted = comparisons
        for index in adjusted.indices {
            adjusted[index].family = max(1, comparisons.count)
        }
        for (index, value) in zip(tested, values) {
            adjusted[index].adjustedPValue = value
        }
        detect(&adjusted)
        return adjusted
    }

    /// The effect in standard deviations depends on the number of pairs alone, so it is computed once for each.
    private static func detect(_ comparisons: inout [Comparison]) {
        var effects: [Int: Double] = [:]
        for index in comparisons.indices where comparisons[index].canReachLevel {
            let comparison = comparisons[index]
            let pairs = comparison.differences.count
            guard let deviation = comparison.differences.standardDeviation else { continue }
            let effect =
                effects[pairs]
                ?? DetectableDifference.standardized(pairs: pairs, level: level / Double(comparison.family))
            effects[pairs] = effect
            comparisons[index].detectableDifference = effect.map { $0 * deviation }
        }
    }
}
