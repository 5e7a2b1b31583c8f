extension Comparison {
    /// Why no p-value of the comparison with the fewest seeds can be below the level, and how many seeds it would take; nil
    /// where all can.
    static func outOfReach(_ comparisons: [Comparison]) -> String? {
        let blocked = comparisons.filter { !$0.canReachLevel }
        guard let worst = blocked.min(by: { $0.seeds < $1.seeds }) else { return nil }
        let smallest = NumberFormat.plain.text(worst.smallestPossiblePValue)
        let family = worst.family > 1 ? " with \(worst.family) comparisons" : ""
        return
            "p cannot reach 0.05 with n = \(worst.seeds): the smallest possible\(family) is \(smallest). \(worst.needed)"
    }

    private var needed: String {
        guard let plan else {
            return "At least \(SignFlipTest.fewest(level: Comparison.level, family: family)) seeds are needed."
        }
        return plan.fewest(level: Comparison.level, family: family).map { "At least \($0) seeds are needed." }
            ?? "With at most \(plan.most) seeds it never can."
    }
}
