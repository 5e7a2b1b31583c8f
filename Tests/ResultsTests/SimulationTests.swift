import Experiments
import Foundation
import Randomness
import Testing

@testable import Results

/// Simulated experiments: how often a verdict is wrong where nothing differs, and right where something does.
///
/// `ABLATE_SIMULATIONS=100` in the environment makes a hundred times as many and prints the shares; docs/explanation/statistics.md
/// holds what came out.
@Suite struct SimulationTests {
    private static let factor = ProcessInfo.processInfo.environment["ABLATE_SIMULATIONS"].flatMap(Int.init) ?? 1

    /// An experiment's claims, each of a row of its own against one reference, whose noise they share.
    private func verdicts(
        pairs: Int, claims: Int, effect: Double, _ generator: inout RandomGenerator
    ) -> [Verdict] {
        // Two independent halves of the variance: differences have a standard deviation of 1.
        let half = 0.5.squareRoot()
        let reference = (0..<pairs).map { _ in half * generator.normal() }
        let comparisons = (0..<claims).map { claim in
            let differences = reference.map { effect * (claim == 0 ? 1 : 0) + half * generator.normal() - $0 }
            return Comparison(seeds: pairs, differences: PairedDifferences(differences))
        }
        return Comparison.adjusted(comparisons, detects: false).map { Verdict.of($0, higherIsBetter: true).verdict }
    }

    private func report(_ text: String) {
        if SimulationTests.factor > 1 { print(text) }
    }

    @Test(arguments: [(3, 1), (6, 1), (8, 1), (8, 5), (12, 5)])
    func aPlantedNullIsSeldomSupported(_ pairs: Int, _ claims: Int) {
        let experiments = 1000 * SimulationTests.factor
        var generator = RandomKey(seed: 31)["null"][pairs][claims].generator
        var (supported, any) = (0, 0)
        for _ in 0..<experiments {
            let verdicts = verdicts(pairs: pairs, claims: claims, effect: 0, &generator)
            if verdicts[0] == .supported { supported += 1 }
            if verdicts.contains(where: { $0 != .undecided }) { any += 1 }
        }
        let share = Double(supported) / Double(experiments)
        let family = Double(any) / Double(experiments)
        report("null: \(pairs) pairs, \(claims) claims: supported \(share), any claim decided \(family)")
        #expect(share <= 0.05)
        // Three standard errors above 5 %.
        #expect(family <= 0.05 + 3 * (0.05 * 0.95 / Double(experiments)).squareRoot())
    }

    @Test(arguments: [(6, 1), (8, 1), (8, 5), (12, 5), (16, 10)])
    func aPlantedDetectableDifferenceIsFound(_ pairs: Int, _ claims: Int) throws {
        let experiments = 1000 * SimulationTests.factor
        let effect = try #require(SignFlipPower.detectable(pairs: pairs, level: 0.05 / Double(claims)))
        var generator = RandomKey(seed: 32)["planted"][pairs][claims].generator
        var supported = 0
        for _ in 0..<experiments
        where verdicts(pairs: pairs, claims: claims, effect: effect, &generator)[0] == .supported {
            supported += 1
        }
        let share = Double(supported) / Double(experiments)
        report("planted: \(pairs) pairs, \(claims) claims: \(effect) sd, supported \(share)")
        // Three standard errors below 80 %; Holm's method finds a little more than the least that is promised.
        #expect(share >= 0.8 - 3 * (0.16 / Double(experiments)).squareRoot())
    }

    /// The fast count against the test itself, and the power against the t test's.
    @Test func extremePatternsAreCounted() throws {
        var generator = RandomKey(seed: 33)["patterns"].generator
        for count in [2, 5, 9, 12] {
            for _ in 0..<20 {
                var values = (0..<count).map { _ in generator.normal() + 0.5 }
                if values.reduce(0, +) < 0 { values = values.map { -$0 } }
                values.sort()
                let patterns = ExtremePatterns.count(ofAscending: values, upTo: .max)
                let p = try #require(SignFlipTest.pValue(values))
                #expect(min(1, Double(2 * patterns) / exp2(Double(count))) == p)
                #expect(ExtremePatterns.count(ofAscending: values, upTo: 3) == min(3, patterns))
            }
        }
    }

    @Test func detectableDifferences() throws {
        #expect(SignFlipPower.detectable(pairs: 5) == nil)
        #expect(SignFlipPower.detectable(pairs: 7, level: 0.01) == nil)
        // Six pairs must all have the same sign: Φ(δ)⁶ = 0.8 at δ = 1.79, less what the interval asks for.
        let six = try #require(SignFlipPower.detectable(pairs: 6))
        #expect(six > 1.75 && six < 2)
        // Many pairs: a little above the t test's.
        let (many, t) = (SignFlipPower.detectable(pairs: 14), DetectableDifference.standardized(pairs: 14))
        #expect((1..<1.08).contains(try #require(many) / (try #require(t))))
        #expect(SignFlipPower.detectable(pairs: 60) == DetectableDifference.standardized(pairs: 60))
    }

    /// How often the interval of τ holds the τ of the true means, for six rows of which some are close.
    @Test(arguments: [8, 14])
    func intervalOfTau(_ pairs: Int) throws {
        let experiments = 40 * SimulationTests.factor
        let published = [81.3, 81.5, 81.4, 81.6, 81.9, 82.3]
        let truth = [0.0, 2.0, 0.5, 6.0, 4.0, 9.0]
        let expected = try #require(KendallTau.tauB(published, truth))
        var generator = RandomKey(seed: 34)["tau"][pairs].generator
        var (held, width) = (0, 0.0)
        for _ in 0..<experiments {
            let rows = truth.indices.map { row in
                SummaryRow(
                    name: "\(row)", layout: "", axes: [], isReference: false,
                    outcomes: (0..<pairs).map { seed in
                        SeedOutcome(
                            seed: seed, state: .done, identity: "", value: truth[row] + generator.normal(), parts: [:])
                    }, size: nil, wallSeconds: nil, published: published[row])
            }
            let agreement = Agreement(rows, higherIsBetter: true, publishedHigherIsBetter: true)
            guard let interval = agreement?.interval else { continue }
            if interval.lowerBound - 1e-12 <= expected, expected <= interval.upperBound + 1e-12 { held += 1 }
            width += interval.upperBound - interval.lowerBound
        }
        report(
            "tau: \(pairs) pairs: held \(Double(held) / Double(experiments)), mean width \(width / Double(experiments))"
        )
        #expect(Double(held) / Double(experiments) >= 0.93)
    }
}
