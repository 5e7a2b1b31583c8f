/// Successive halving: all rows are trained for a few epochs, the better part goes on, and so forth until the last epoch.
///
/// A trial that is stopped early is the same trial with the same schedule, so a row that goes on loses nothing, and one that was
/// stopped can be finished at any time (Jamieson and Talwalkar 2016; Karnin et al. 2013).
public struct HalvingPlan: Hashable, Sendable {
    /// The epochs after which trials stop; the last is the trial's own number of epochs.
    public let epochs: [Int]
    /// The share of the rows that goes on from each rung.
    public let keep: Double

    /// - Parameters:
    ///   - epochs: of a whole trial.
    ///   - keep: the rungs stand at `keep`² and `keep` of the epochs, rounded, and at the end.
    public init(epochs: Int, keep: Double = 1.0 / 3) {
        precondition(epochs > 0 && keep > 0 && keep < 1, "HalvingPlan: \(epochs) epochs, \(keep)")
        self.keep = keep
        let wanted = [keep * keep, keep].map { max(1, Int(($0 * Double(epochs)).rounded())) }
        self.epochs = Set(wanted + [epochs]).sorted()
    }

    /// How many of so many rows go on: the share, rounded up.
    public func kept(of count: Int) -> Int {
        count == 0 ? 0 : max(1, Int((keep * Double(count) - 1e-9).rounded(.up)))
    }
}

/// What becomes of a row at a rung.
public struct RungOutcome: Hashable, Sendable {
    public enum Decision: String, Hashable, Sendable {
        case promoted
        /// Goes on whatever its place: the reference, and rows of claims, which were chosen before anything was seen.
        case always
        case stopped
    }

    public var row: String
    /// From 1 for the best; nil without a value.
    public var place: Int?
    /// The mean validation metric over the seeds; nil where a seed has none.
    public var value: Double?
    public var decision: Decision

    /// Ranks rows by their values and lets the best go on.
    ///
    /// - Parameters:
    ///   - rows: those still in the race, in the table's order, which decides between equal values.
    ///   - always: rows that take no place from others.
    static func decide(
        _ rows: [(name: String, value: Double?)], always: Set<String>, plan: HalvingPlan, higherIsBetter: Bool
    ) -> [RungOutcome] {
        let ranked = rows.indices.filter { rows[$0].value != nil }.sorted { first, second in
            let (left, right) = (rows[first].value ?? 0, rows[second].value ?? 0)
            return left == right ? first < second : (left > right) == higherIsBetter
        }
        let places = Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($1, $0 + 1) })
        let competitors = ranked.filter { !always.contains(rows[$0].name) }
        let rivalCount = rows.count { !always.contains($0.name) }
        let promoted = Set(competitors.prefix(plan.kept(of: rivalCount)))
        return rows.indices.map { index in
            let decision: Decision =
                always.contains(rows[index].name) ? .always : promoted.contains(index) ? .promoted : .stopped
            return RungOutcome(
                row: rows[index].name, place: places[index], value: rows[index].value, decision: decision)
        }
    }
}
