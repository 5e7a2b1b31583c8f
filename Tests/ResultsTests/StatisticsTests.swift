import Experiments
import Foundation
import Randomness
import Testing

import Results

/// Constants: benchmarks/reference/statistics.py, SciPy 1.17.1.
@Suite struct StatisticsTests {
    private let differences = zip(
        [0.913, 0.921, 0.908, 0.917, 0.924, 0.911, 0.919, 0.915],
        [0.906, 0.918, 0.909, 0.909, 0.915, 0.905, 0.917, 0.908]
    ).map { $0 - $1 }

    @Test(arguments: [
        (1.0, [0.08858553278290476, 0.4371670418109989, 0.5, 0.75, 0.9604165758394344]),
        (2.0, [0.036413675027234665, 0.42998599579859953, 0.5, 0.7886751345948129, 0.9923659639173309]),
        (4.0, [0.012448081730111374, 0.4256185070684612, 0.5, 0.8130495168499705, 0.9993380515453915]),
        (7.0, [0.0049965204409427744, 0.4235833757448989, 0.5, 0.8246916685898963, 0.9999544253941456]),
        (29.0, [0.0007622231573273012, 0.4214382352630969, 0.5, 0.8372090059919032, 0.9999999959937121]),
    ])
    func studentsDistribution(_ freedom: Double, _ expected: [Double]) {
        let t = StudentT(degreesOfFreedom: freedom)
        for (value, probability) in zip([-3.5, -0.2, 0, 1, 8], expected) {
            #expect(abs(t.cumulative(value) / probability - 1) < 1e-12)
        }
    }

    @Test(arguments: [
        (1.0, [-63.65674116287158, 0.0, 1.3763819204711738, 12.706204736174694, 318.30883898555015]),
        (2.0, [-9.924843200918293, 0.0, 1.0606601717798214, 4.302652729749462, 22.327124770119866]),
        (4.0, [-4.604094871349993, 0.0, 0.9409645772351816, 2.7764451051977934, 7.173182219782307]),
        (7.0, [-3.4994832973504932, 0.0, 0.8960296443137653, 2.364624251592784, 4.785289628638333]),
        (29.0, [-2.7563859036706053, 0.0, 0.8541919858818557, 2.045229642132703, 3.3962402883568026]),
    ])
    func studentsQuantile(_ freedom: Double, _ expected: [Double]) {
        let t = StudentT(degreesOfFreedom: freedom)
        for (probability, value) in zip([0.005, 0.5, 0.8, 0.975, 0.999], expected) {
            #expect(abs(t.quantile(probability) - value) < 1e-10 * max(1, abs(value)))
        }
    }

    @Test func pairedInterval() throws {
        let pairs = PairedDifferences(differences)
        #expect(abs(try #require(pairs.mean) - 0.0051250000000000046) < 1e-15)
        #expect(abs(try #require(pairs.standardDeviation) - 0.00344082631271701) < 1e-15)
        let interval = try #require(pairs.interval())
        #expect(abs(interval.lowerBound - 0.0022483972148745687) < 1e-12)
        #expect(abs(interval.upperBound - 0.00800160278512544) < 1e-12)
        #expect(PairedDifferences([0.1]).interval() == nil)
        #expect(PairedDifferences([]).mean == nil)
    }

    @Test func signFlip() {
        #expect(SignFlipTest.pValue(differences) == 0.015625)
        #expect(SignFlipTest.pValue([3, -1, 2]) == 0.5)
        #expect(SignFlipTest.pValue([1, 2, 3, 4, 5]) == 0.0625)
        #expect(SignFlipTest.pValue([0.5, -0.25, 0, 1.5, 2.5, -0.75, 0.1]) == 0.34375)
        #expect(SignFlipTest.pValue((1...12).map { Double($0) - 3.5 }) == 0.02001953125)
        let wide = [
            0.3, 1.141, 1.209, 0.441, -0.457, -0.659, 0.021, 0.957, 1.289, 0.712, -0.244, -0.7, -0.237, 0.72, 1.291,
            0.95, 0.012, -0.661, -0.451, 0.45, 1.213, 1.137,
        ]
        #expect(SignFlipTest.pValue(wide) == 0.022337913513183594)
        #expect(SignFlipTest.pValue([0, 0, 0]) == 1)
        #expect(SignFlipTest.pValue([1, -1]) == 1)
        #expect(SignFlipTest.pValue([]) == nil)
    }

    /// All sign patterns one by one.
    @Test func signFlipsAreCounted() throws {
        var generator = RandomKey(seed: 44)["flips"].generator
        for count in 1...12 {
            for shift in [0, 0.5, 2] {
                // Whole numbers have sums that are equal.
                let values = (0..<count).map { place in
                    let value = generator.normal() + shift
                    return place.isMultiple(of: 2) ? value : value.rounded()
                }
                let sums = values.reduce([0.0]) { sums, value in sums.flatMap { [$0 + value, $0 - value] } }
                let observed = abs(values.reduce(0, +)) - 1e-9
                let share = Double(sums.count { abs($0) >= observed }) / Double(sums.count)
                #expect(SignFlipTest.pValue(values) == share, "\(values)")
            }
        }
    }

    @Test func signFlipOfManyIsNormal() throws {
        let many = (0..<60).map { $0.isMultiple(of: 3) ? -1.0 : 1.0 }
        // z = 20/√60: 2·Φ(−2.581989) by SciPy.
        #expect(abs(try #require(SignFlipTest.pValue(many)) - 0.009823274507519249) < 1e-12)
    }

    @Test func smallestSignFlip() {
        #expect(SignFlipTest.smallestPossible(3) == 0.25)
        #expect(SignFlipTest.smallestPossible(6) == 0.03125)
        #expect(SignFlipTest.fewest(level: 0.05) == 6)
        #expect(SignFlipTest.fewest(level: 0.05, family: 5) == 8)
    }

    @Test func holm() {
        let adjusted = HolmAdjustment.adjust([0.01, 0.04, 0.03, 0.005, 0.2])
        for (value, expected) in zip(adjusted, [0.04, 0.09, 0.09, 0.025, 0.2]) {
            #expect(abs(value - expected) < 1e-15)
        }
        #expect(HolmAdjustment.adjust([]) == [])
    }

    @Test(arguments: [
        (3, 0.05, 3.264043549699571), (5, 0.05, 1.6819969659555547), (8, 0.05, 1.1560346779947333),
        (8, 0.01, 1.5958958125464735), (20, 0.05, 0.6604416546230261),
    ])
    func detectable(_ pairs: Int, _ level: Double, _ expected: Double) throws {
        let effect = try #require(DetectableDifference.standardized(pairs: pairs, level: level))
        #expect(abs(effect - expected) < 1e-6)
        #expect(DetectableDifference.standardized(pairs: 1) == nil)
    }

    /// Simulated experiments whose rows do not differ: nominal 95 % intervals must hold 0 in 93 to 97 %, and the
    /// sign-flip test must reject in at most 5 %.
    @Test(arguments: [3, 5, 8])
    func coverage(_ pairs: Int) throws {
        var generator = RandomKey(seed: 20)["coverage"][pairs].generator
        let t = StudentT(degreesOfFreedom: Double(pairs - 1)).quantile(0.975)
        let factor = ProcessInfo.processInfo.environment["ABLATE_SIMULATIONS"].flatMap(Int.init)
        let draws = 8000 * (factor ?? 1)
        var covered = 0
        var rejected = 0
        for _ in 0..<draws {
            let values = (0..<pairs).map { _ in generator.normal() }
            let mean = try #require(Moments.mean(values))
            let deviation = try #require(Moments.standardDeviation(values))
            if abs(mean) <= t * deviation / Double(pairs).squareRoot() { covered += 1 }
            if try #require(SignFlipTest.pValue(values)) < 0.05 { rejected += 1 }
        }
        let share = Double(covered) / Double(draws)
        if factor != nil {
            print("coverage: \(pairs) pairs: held \(share), sign-flip rejected \(Double(rejected) / Double(draws))")
        }
        #expect(share > 0.93 && share < 0.97)
        #expect(Double(rejected) / Double(draws) < 0.057)
    }
}
