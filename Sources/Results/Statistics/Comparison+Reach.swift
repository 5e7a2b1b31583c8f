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

    /// The sign behind a difference: nothing where the rows are told apart or have no pair, `≈` where they might have been
    /// told apart, `?` where so few seeds cannot do that whatever they say.
    var sign: String {
        isSeparated || differences.count == 0 ? "" : canReachLevel ? " ≈" : " ?"
    }

    /// What the signs say, those that are there.
    ///
    /// - Parameter other: ` from last`, or nothing.
    static func legend(_ comparisons: [Comparison], _ other: String = "") -> [String] {
        let signs = Set(comparisons.map(\.sign))
        return (signs.contains(" ≈") ? ["≈ not told apart\(other)."] : [])
            + (signs.contains(" ?") ? ["? too few seeds to be told apart\(other)."] : [])
    }

    private var needed: String {
        guard let plan else {
            return "At least \(SignFlipTest.fewest(level: Comparison.level, family: family)) seeds are needed."
        }
        return plan.fewest(level: Comparison.level, family: family).map { "At least \($0) seeds are needed." }
            ?? "With at most \(plan.most) seeds it never can."
    }
}
