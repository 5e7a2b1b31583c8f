/// How far the measured order of an experiment's rows is the published one.
public struct Agreement: Hashable, Sendable {
    /// Two rows that the publication orders, and what the numbers say of that order.
    public struct Pair: Hashable, Sendable {
        /// The row that the publication finds better, and the other.
        public var better: String
        public var worse: String
        /// How much better, in the publication's unit; above 0.
        public var publishedDifference: Double
        /// The better row minus the other; adjusted by Holm's method over all pairs.
        public var comparison: Comparison
        /// `supported`: measured in the same order. `contradicted`: in the opposite order.
        public var verdict: Verdict
        public var reason: String?
    }

    /// All pairs of rows with published values that differ, in the table's order.
    public var pairs: [Pair]
    /// Pairs to which the publication gives the same number; they have no order to agree with.
    public var tied: Int
    /// Kendall's τ-b of the published values and the measured means; nil where a mean is missing.
    public var tau: Double?
    /// Where the τ-b of the true means lies with 95 % confidence: every decided pair stays as it is, every undecided pair
    /// may go either way. Holm's method keeps the chance of any wrong pair below 5 %, so the interval is conservative.
    public var interval: ClosedRange<Double>?

    /// How many pairs have this verdict.
    public func count(_ verdict: Verdict) -> Int {
        pairs.count { $0.verdict == verdict }
    }

    /// Nil for fewer than two rows with published values that differ.
    ///
    /// - Parameters:
    ///   - higherIsBetter: whether the rows' values are better when they are higher.
    ///   - publishedHigherIsBetter: the same of the published ones, which are of the experiment's own metric.
    init?(
        _ rows: [SummaryRow], higherIsBetter: Bool, publishedHigherIsBetter: Bool, plan: SequentialPlan? = nil
    ) {
        let published = rows.compactMap { row in row.published.map { (row: row, value: $0) } }
        var ordered: [(better: SummaryRow, worse: SummaryRow, difference: Double)] = []
        tied = 0
        for left in published.indices {
            for right in published.indices.dropFirst(left + 1) {
                let (first, second) = (published[left], published[right])
                let difference = first.value - second.value
                if difference == 0 {
                    tied += 1
                } else if (difference > 0) == publishedHigherIsBetter {
                    ordered.append((first.row, second.row, abs(difference)))
                } else {
                    ordered.append((second.row, first.row, abs(difference)))
                }
            }
        }
        guard !ordered.isEmpty else { return nil }
        let comparisons = Comparison.adjusted(
            ordered.map { Summary.difference($0.better, $0.worse, plan: plan) }, detects: false)
        pairs = zip(ordered, comparisons).map { pair, comparison in
            let (verdict, reason) = Verdict.of(comparison, higherIsBetter: higherIsBetter, among: "pairs")
            return Pair(
                better: pair.better.name, worse: pair.worse.name, publishedDifference: pair.difference,
                comparison: comparison, verdict: verdict, reason: reason)
        }
        let means = published.compactMap(\.row.mean)
        if means.count == published.count {
            let sign = higherIsBetter == publishedHigherIsBetter ? 1.0 : -1
            tau = KendallTau.tauB(published.map(\.value), means.map { sign * $0 })
        }
        interval = bounds
    }

    /// Measured means have no ties in truth, so only the published ones count.
    private var bounds: ClosedRange<Double>? {
        let balance = count(.supported) - count(.contradicted)
        let open = count(.undecided)
        func tau(_ balance: Int) -> Double? {
            KendallTau.tauB(balance: balance, pairs: pairs.count + tied, firstTies: tied, secondTies: 0)
        }
        guard let low = tau(balance - open), let high = tau(balance + open) else { return nil }
        return low...high
    }
}
