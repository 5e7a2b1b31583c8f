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
    /// other, both sorted (Horowitz and Sahni 1974).
    private static func countSums(of numbers: [Double], atLeast threshold: Double) -> Int {
        let middle = numbers.count / 2
        let left = signedSums(numbers[..<middle]).sorted()
        let right = signedSums(numbers[middle...]).sorted()
        var count = 0
        var first = right.count
        for sum in left {
            while first > 0, sum + right[first - 1] >= threshold { first -= 1 }
            count += right.count - first
        }
        return count
    }

    private static func signedSums(_ numbers: ArraySlice<Double>) -> [Double] {
        var sums = [0.0]
        for number in numbers {
            sums = sums.map { $0 + number } + sums.map { $0 - number }
        }
        return sums
    }
}
