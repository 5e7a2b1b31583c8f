/// How well scores rank the positive places before the others.
///
/// ```
/// AP = Σ_k (R_k − R_{k−1})·P_k
/// ```
/// over the different scores from the highest down: P_k is the share of positives among all places with the k-th score or
/// a higher one, R_k the share of all positives that are among them. Places with equal scores count together, so that a
/// constant score has the share of positives and no luck.
package struct AveragePrecision: Hashable {
    private struct Answer: Hashable {
        let score: Float
        let isPositive: Bool
    }

    private var answers: [Answer] = []

    package init() {}

    package mutating func add(score: Float, isPositive: Bool) {
        answers.append(Answer(score: score, isPositive: isPositive))
    }

    package mutating func add(_ other: AveragePrecision) {
        answers += other.answers
    }

    /// Nil without a positive place; not a number where a score is none.
    package var value: Double? {
        let positives = answers.count(where: \.isPositive)
        guard positives > 0 else { return nil }
        guard !answers.contains(where: { $0.score.isNaN }) else { return .nan }
        let ranked = answers.sorted { $0.score > $1.score }
        var (sum, found, position) = (0.0, 0, 0)
        while position < ranked.count {
            let score = ranked[position].score
            var here = 0
            while position < ranked.count, ranked[position].score == score {
                here += ranked[position].isPositive ? 1 : 0
                position += 1
            }
            found += here
            sum += Double(here) * Double(found) / Double(position)
        }
        return sum / Double(positives)
    }
}
