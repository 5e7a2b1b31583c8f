/// What the numbers say of a claim.
public enum Verdict: String, Codable, CaseIterable, Hashable, Sendable {
    case supported
    case contradicted
    case undecided

    /// The rule. A claim is decided when every seed has its pair, the sign-flip p-value, adjusted by Holm's method over
    /// all claims of the experiment, is below 0.05, and the 95 % t interval of the difference excludes 0; then the sign
    /// of the mean difference decides. Everything else is undecided.
    ///
    /// - Parameters:
    ///   - comparison: differences of the row claimed to be better minus the other.
    ///   - higherIsBetter: whether a positive difference speaks for the claim.
    ///   - family: what is corrected together, in the plural.
    /// - Returns: the verdict and, where it is undecided, why.
    package static func of(
        _ comparison: Comparison, higherIsBetter: Bool, among family: String = "claims"
    ) -> (verdict: Verdict, reason: String?) {
        guard comparison.canReachLevel else {
            let others = comparison.family > 1 ? " and \(comparison.family) \(family)" : ""
            return (.undecided, "cannot reach 0.05 with n = \(comparison.seeds)\(others)")
        }
        guard comparison.isComplete else {
            return (.undecided, "\(comparison.differences.count) of \(comparison.seeds) pairs")
        }
        guard comparison.isSeparated, let mean = comparison.differences.mean else {
            let isSmall = comparison.adjustedPValue.map { $0 < Comparison.level } ?? false
            return (
                .undecided,
                isSmall
                    ? "p is below 0.05, but the interval includes 0" : "the difference is within what seeds alone give"
            )
        }
        return (mean > 0) == higherIsBetter ? (.supported, nil) : (.contradicted, nil)
    }
}
