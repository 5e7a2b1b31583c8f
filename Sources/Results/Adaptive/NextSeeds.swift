/// Chooses the pairs of seeds that would decide a claim soonest.
///
/// An open claim is expected to be decided at the number of pairs at which its observed mean and spread, were they the true
/// ones, would pass the plan's share of the level; what that costs is the time of the trials that it lacks. The cheapest
/// claim gets its next pair. The choice looks at differences, which the correction allows: it holds whenever a claim is
/// looked at, for whatever reason.
public struct NextSeeds {
    private let summary: Summary
    private let plan: SequentialPlan

    public init(_ summary: Summary, plan: SequentialPlan) {
        self.summary = summary
        self.plan = plan
    }

    /// The seeds to add, for at least `trials` trials where so many are wanted; none where every claim is decided, has all
    /// its pairs or can't be decided any more.
    public func choose(trials: Int) -> [AddedSeed] {
        var chosen: [AddedSeed] = []
        for candidate in candidates().sorted(by: { $0.seconds < $1.seconds }) {
            for added in candidate.added where !chosen.contains(added) { chosen.append(added) }
            if chosen.count >= trials { break }
        }
        return chosen
    }

    private struct Candidate {
        var added: [AddedSeed]
        /// What deciding the claim is expected to take.
        var seconds: Double
    }

    private func candidates() -> [Candidate] {
        let open = summary.claims.filter { $0.verdict == .undecided }
        return open.compactMap { claim in
            guard let better = row(claim.better), let worse = row(claim.worse), let comparison = claim.comparison,
                !isSpoilt(better), !isSpoilt(worse)
            else { return nil }
            let pairs = min(better.outcomes.count, worse.outcomes.count)
            guard pairs < plan.most else { return nil }
            let seed = order(upTo: pairs + 1)[pairs]
            let lacking = [better, worse].filter { row in !row.outcomes.contains { $0.seed == seed } }
            let missing = expectedPairs(comparison, family: open.count) - pairs
            let pairSeconds = lacking.reduce(0) { $0 + ($1.wallSeconds ?? 1) }
            return Candidate(
                added: lacking.map { AddedSeed(row: $0.name, seed: seed) },
                seconds: Double(max(1, missing)) * pairSeconds)
        }
    }

    private func row(_ name: String) -> SummaryRow? { summary.rows.first { $0.name == name } }

    /// Whether a trial of the row has ended without a value, which leaves its claims undecided.
    private func isSpoilt(_ row: SummaryRow) -> Bool {
        row.outcomes.contains { $0.state == .diverged || $0.state == .failed }
    }

    /// The experiment's seeds in their order and, after them, the next whole numbers.
    private func order(upTo count: Int) -> [Int] {
        var order = summary.seeds
        while order.count < count { order.append((order.max() ?? -1) + 1) }
        return order
    }

    /// The pairs at which the claim is expected to be decided; one more than there may be where it is not.
    private func expectedPairs(_ comparison: Comparison, family: Int) -> Int {
        let level = Comparison.level / Double(max(1, family))
        let pairs = comparison.differences.count
        let least = max(pairs + 1, plan.fewest(level: level) ?? plan.most + 1)
        guard let mean = comparison.differences.mean, let deviation = comparison.differences.standardDeviation else {
            return least
        }
        for count in least..<max(least, plan.most + 1) {
            let t = StudentT(degreesOfFreedom: Double(count - 1)).quantile(1 - level * plan.share(count) / 2)
            if abs(mean) * Double(count).squareRoot() >= t * deviation { return count }
        }
        return plan.most + 1
    }
}
