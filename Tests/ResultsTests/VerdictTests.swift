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

    /// Rows that have no pairs, because they failed or were stopped early, make it no easier for the others.
    @Test func comparisonsWithoutPairsCount() {
        let eightPairs = Comparison(seeds: 8, differences: PairedDifferences(eight))
        let none = Comparison(seeds: 8, differences: PairedDifferences([]))
        let adjusted = Comparison.adjusted([none, eightPairs, none, none, none, none, none])
        #expect(adjusted[1].adjustedPValue == 7 * 2.0 / 256 && !adjusted[1].isSeparated)
        #expect(adjusted[0].adjustedPValue == nil && adjusted[0].family == 7)
    }

    @Test func survivorsTellNothingApart() {
        let comparison = Comparison.adjusted([Comparison(seeds: 16, differences: PairedDifferences(eight))])[0]
        #expect(comparison.adjustedPValue ?? 1 < 0.05 && !comparison.isSeparated)
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
