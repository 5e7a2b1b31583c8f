import Foundation

/// The sign-flip test of paired differences: had the two rows been exchangeable, every difference could as well have
/// had the other sign.
///
/// The two-sided p-value is the fraction of the 2ⁿ sign patterns whose mean is at least as far from 0 as the observed
/// one. It assumes no distribution (Fisher 1935; Edgington and Onghena 2007). Up to ``exactLimit`` differences it is
/// exact; above, the normal approximation z = Σd / √Σd² is used.
public enum SignFlipTest {
    /// The most differences that are enumerated: 2 × 2²⁰ half sums.
    public static let exactLimit = 40

    /// What the p-values of so many pairs at the most are called in a sentence.
    static func words(pairs: Int) -> String {
        pairs > exactLimit ? "the sign-flip test's (normal approximation)" : "the exact sign-flip test's"
    }

    /// The two-sided p-value; nil of no differences.
    public static func pValue(_ differences: [Double]) -> Double? {
        guard !differences.isEmpty else { return nil }
        let scale = differences.reduce(0) { $0 + abs($1) }
        guard scale > 0 else { return 1 }
        let observed = abs(differences.reduce(0, +))
        guard differences.count <= exactLimit else {
            let squares = differences.reduce(0) { $0 + $1 * $1 }
            return erfc(observed / squares.squareRoot() / 2.0.squareRoot())
        }
        // Patterns whose sum equals the observed one up to rounding count as equal.
        let threshold = observed - 1e-12 * scale
        guard threshold > 0 else { return 1 }
        let patterns = exp2(Double(differences.count))
        return min(1, 2 * Double(countSums(of: differences, atLeast: threshold)) / patterns)
    }

    /// The smallest p-value that n differences can give: 2/2ⁿ, when all have the same sign.
    public static func smallestPossible(_ count: Int) -> Double {
        precondition(count >= 0, "SignFlipTest: \(count) differences")
        return min(1, 2 / exp2(Double(count)))
    }

    /// The fewest differences that can give a p-value below `level` in a family of `family` tests.
    public static func fewest(level: Double, family: Int = 1) -> Int {
        (1...).first { smallestPossible($0) * Double(max(1, family)) < level } ?? 1
    }

    /// How many of the 2ⁿ signed sums reach the threshold: all sums of one half of the numbers against all of the
    /// other, both in order (Horowitz and Sahni 1974). Of each half those are left out that reach it with none of the other.
    private static func countSums(of numbers: [Double], atLeast threshold: Double) -> Int {
        let sizes = numbers.map { abs($0) }
        let (first, second) = (sizes[..<(sizes.count / 2)], sizes[(sizes.count / 2)...])
        let needed = threshold - 1e-12 * sizes.reduce(0, +)
        let left = signedSums(first, atLeast: needed - second.reduce(0, +))
        let right = signedSums(second, atLeast: needed - first.reduce(0, +))
        var count = 0
        var reached = right.count
        for sum in left {
            while reached > 0, sum + right[reached - 1] >= threshold { reached -= 1 }
            count += right.count - reached
        }
        return count
    }

    /// The sums in ascending order, without most of those below `least`: the sums so far minus and plus the next number,
    /// merged.
    private static func signedSums(_ sizes: ArraySlice<Double>, atLeast least: Double) -> [Double] {
        var rest = sizes.reduce(0, +)
        return sizes.reduce([0]) { sums, size in
            rest -= size
            var low = sums.firstIndex { $0 - size + rest >= least } ?? sums.count
            var high = sums.firstIndex { $0 + size + rest >= least } ?? sums.count
            return (0..<2 * sums.count - low - high).map { _ in
                if low < sums.count, high == sums.count || sums[low] - size <= sums[high] + size {
                    low += 1
                    return sums[low - 1] - size
                }
                high += 1
                return sums[high - 1] + size
            }
        }
    }
}
