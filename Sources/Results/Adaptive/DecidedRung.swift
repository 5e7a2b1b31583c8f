/// A rung of successive halving as it was decided and written down.
struct DecidedRung: Hashable, Sendable {
    var epochs: Int
    /// The share of the rows that went on.
    var keep: Double
    var outcomes: [RungOutcome]
    /// Whether a row that had a value now has a trial that was first begun after the decision.
    var hasLaterTrials: Bool

    /// Whether it was decided about these rows, these trials and by this plan. A value that is missing on either side says
    /// nothing: its trial failed then and has been trained since, or was removed.
    func isAbout(_ rows: [(name: String, value: Double?)], rung: Int, of plan: HalvingPlan) -> Bool {
        let isSamePlan = epochs == plan.epochs[rung] && keep == plan.keep
        guard isSamePlan, !hasLaterTrials, outcomes.map(\.row) == rows.map(\.name) else { return false }
        return zip(outcomes, rows).allSatisfy { outcome, row in
            guard let then = outcome.value, let now = row.value else { return true }
            return then == now
        }
    }
}
