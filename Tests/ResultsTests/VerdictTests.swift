import Testing

import Results

@Suite struct VerdictTests {
    private let eight = [0.007, 0.003, 0.004, 0.008, 0.009, 0.006, 0.002, 0.007]

    @Test func aClearDifferenceIsSeparated() {
        let comparison = Comparison.adjusted([Comparison(seeds: 8, differences: PairedDifferences(eight))])[0]
        #expect(comparison.adjustedPValue == 2.0 / 256)
        #expect(comparison.isSeparated)
        #expect(Verdict.of(comparison, higherIsBetter: true).verdict == .supported)
        #expect(Verdict.of(comparison, higherIsBetter: false).verdict == .contradicted)
    }

    @Test func threeSeedsCannotDecide() {
        let comparison = Comparison.adjusted([Comparison(seeds: 3, differences: PairedDifferences([1, 1.1, 1.2]))])[0]
        #expect(!comparison.canReachLevel)
        #expect(comparison.detectableDifference == nil)
        let (verdict, reason) = Verdict.of(comparison, higherIsBetter: true)
        #expect(verdict == .undecided)
        #expect(reason == "cannot reach 0.05 with n = 3")
    }

    @Test func aFamilyNeedsMoreSeeds() {
        let seven = PairedDifferences(Array(eight.prefix(7)))
        let comparisons = Comparison.adjusted(Array(repeating: Comparison(seeds: 7, differences: seven), count: 5))
        #expect(
            Verdict.of(comparisons[0], higherIsBetter: true).reason == "cannot reach 0.05 with n = 7 and 5 claims")
    }

    @Test func aMissingPairLeavesItUndecided() {
        let comparison = Comparison.adjusted([Comparison(seeds: 9, differences: PairedDifferences(eight))])[0]
        #expect(Verdict.of(comparison, higherIsBetter: true).verdict == .undecided)
        #expect(Verdict.of(comparison, higherIsBetter: true).reason == "8 of 9 pairs")
    }

    @Test func noiseIsUndecided() {
        let noise = PairedDifferences([1, -1, 2, -2, 1.5, -1.2, 0.3, 0.4])
        let comparison = Comparison.adjusted([Comparison(seeds: 8, differences: noise)])[0]
        #expect(Verdict.of(comparison, higherIsBetter: true).verdict == .undecided)
    }
}
