import Foundation
import Randomness
import Testing

@testable import Results

/// The test that is looked at after every pair.
@Suite struct SequentialTests {
    /// Looks at which benchmarks/reference/adaptive.py rejects, by level.
    private static let levels = [0.3, 0.1, 0.05, 0.02, 0.01, 0.005]
    private static let plan = SequentialPlan(most: 16)

    @Test(
        arguments: [
            (
                [
                    2.341, -2.256, 0.718, -0.268, -0.153, 0.084, -1.72, 0.068, -0.565, 3.623, 0.526, -0.053, 0.019,
                    -0.368,
                ], [nil, nil, nil, nil, nil, nil]
            ),
            (
                [-0.055, 0.609, 1.482, 0.761, 1.958, 0.8, 1.024, 2.546, 1.545, 0.495, 0.817, 1.541, 2.935, 0.73],
                [7, 8, 9, 10, 10, 12]
            ),
            (
                [1.356, 2.602, 0.714, 1.308, 2.483, 2.18, 1.692, 2.27, -1.228, 2.621, 0.64, -0.069, 1.876, 2.301],
                [6, 7, 8, 10, 12, 13]
            ),
            ([1, 1, 1, 1, -1, 1, 1, 1, 1, 1, 1, -1], [9, 10, 11, nil, nil, nil]),
        ] as [([Double], [Int?])])
    func looksAreThoseOfTheReference(_ differences: [Double], _ expected: [Int?]) {
        let test = SequentialSignFlip(differences, plan: Self.plan)
        #expect(Self.levels.map { test.rejection(level: $0) } == expected)
        #expect(
            Self.levels.map { SequentialSignFlip(differences.map { -$0 }, plan: Self.plan).rejection(level: $0) }
                == expected)
    }

    @Test func pValueAndDecisionAgree() {
        var generator = RandomKey(seed: 41)["p"].generator
        for family in [1, 3, 7] {
            for _ in 0..<10 {
                let values = (0..<10).map { _ in generator.normal() + 1.2 }
                let test = SequentialSignFlip(values, plan: SequentialPlan(most: 12))
                let p = test.pValue(family: family)
                for divisor in 1...family {
                    let level = 0.05 / Double(divisor)
                    if p < level { #expect(test.rejection(level: level) != nil) }
                }
                // Every further pair can only lower it.
                let earlier = SequentialSignFlip(Array(values.dropLast()), plan: SequentialPlan(most: 12))
                #expect(p <= earlier.pValue(family: family))
            }
        }
        #expect(SequentialSignFlip([], plan: Self.plan).pValue() == 1)
        #expect(SequentialSignFlip([0, 0, 0, 0, 0, 0, 0, 0], plan: Self.plan).pValue() == 1)
    }

    @Test func whatCanBeReached() {
        #expect(Self.plan.share(16) == 1 && Self.plan.share(8) == 0.25 && Self.plan.share(40) == 1)
        // 2/2⁷ ÷ (7/16)² = 0.082; 2/2⁸ ÷ (8/16)² = 0.031.
        #expect(Self.plan.fewest(level: 0.05) == 8)
        #expect(Self.plan.fewest(level: 0.05, family: 5) == 10)
        #expect(SequentialPlan(most: 6).fewest(level: 0.05) == 6)
        #expect(SequentialPlan(most: 6).fewest(level: 0.05, family: 2) == nil)
        let comparison = Comparison(
            seeds: 7, differences: PairedDifferences([1, 2, 1, 2, 1, 2, 1]), plan: Self.plan)
        let adjusted = Comparison.adjusted([comparison])[0]
        #expect(!adjusted.canReachLevel && adjusted.pValue ?? 0 > 0.05)
        let eight = Comparison(seeds: 8, differences: PairedDifferences([1, 2, 1, 2, 1, 2, 1, 2]), plan: Self.plan)
        #expect(Comparison.adjusted([eight])[0].isSeparated)
    }

    private static let factor = ProcessInfo.processInfo.environment["ABLATE_SIMULATIONS"].flatMap(Int.init) ?? 1

    /// Three designs of the plan: rejections under the null, at any look.
    @Test(arguments: [(8, 0.05), (10, 0.05), (10, 0.01)])
    func theErrorOverAllLooksStaysBelowTheLevel(_ most: Int, _ level: Double) {
        let experiments = (most > 8 ? 100 : 400) * Self.factor
        var generator = RandomKey(seed: 42)["null"][most].generator
        var rejected = 0
        for experiment in 0..<experiments {
            // Normal, and with tails: a cubed normal number.
            let power = experiment.isMultiple(of: 2) ? 1.0 : 3
            let values = (0..<most).map { _ in pow(generator.normal(), power) }
            if SequentialSignFlip(values, plan: SequentialPlan(most: most)).rejection(level: level) != nil {
                rejected += 1
            }
        }
        let share = Double(rejected) / Double(experiments)
        if Self.factor > 1 { print("looks: at most \(most) pairs, level \(level): rejected \(share)") }
        #expect(share <= level + 3 * (level * (1 - level) / Double(experiments)).squareRoot())
    }

    @Test func aLargeDifferenceIsFoundEarly() {
        let experiments = 50 * Self.factor
        var generator = RandomKey(seed: 43)["large"].generator
        var (found, pairs) = (0, 0)
        for _ in 0..<experiments {
            let values = (0..<10).map { _ in generator.normal() + 2 }
            let look = SequentialSignFlip(values, plan: SequentialPlan(most: 10)).rejection(level: 0.05)
            found += look == nil ? 0 : 1
            pairs += look ?? 10
        }
        if Self.factor > 1 {
            print(
                "looks: 2 sd: found \(Double(found) / Double(experiments)), pairs \(Double(pairs) / Double(experiments))"
            )
        }
        #expect(Double(found) / Double(experiments) > 0.95)
        #expect(Double(pairs) / Double(experiments) < 9)
    }
}
