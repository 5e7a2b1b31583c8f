/// Two rows seed by seed, of one experiment or of two.
public struct RowComparison: Hashable, Sendable {
    /// One seed that either row has.
    public struct Pair: Hashable, Sendable {
        public var seed: Int
        /// The metric; nil without a result.
        public var first: Double?
        public var second: Double?
        public var difference: Double? { first.flatMap { first in second.map { first - $0 } } }
    }

    /// A setting in which the rows differ.
    public struct Difference: Hashable, Sendable {
        public var path: String
        /// Nil where the setting is not set or has no effect.
        public var first: String?
        public var second: String?
    }

    public var first: SummaryRow
    public var second: SummaryRow
    public var selections: [RowSelection]
    public var metric: SummaryMetric
    public var pairs: [Pair]
    /// The first row minus the second.
    public var comparison: Comparison
    public var differences: [Difference]
    /// Whether seeds were added to one of them after looks, which the p-value does not know of: the rows are of two experiments.
    public var isLookedAtRepeatedly = false

    /// The seeds that the difference is over: means and deviations beside it are over the same.
    private var shared: [Pair] {
        Array(pairs.filter { $0.difference?.isFinite ?? false }.prefix(comparison.differences.count))
    }

    /// The first row's values with the seeds that both have, and the second's.
    var sharedValues: [[Double]] { [shared.compactMap(\.first), shared.compactMap(\.second)] }

    /// How a row is called: with its experiment where they are of two.
    public var names: [String] {
        selections[0].experiment == selections[1].experiment
            ? selections.map(\.row) : selections.map { "\($0.experiment)/\($0.row)" }
    }
}

extension StoreReader {
    /// Compares two rows over the seeds that both have.
    ///
    /// - Parameter metric: nil for the experiments' own, which must then be the same.
    public func compare(_ first: RowSelection, _ second: RowSelection, metric: String? = nil) throws -> RowComparison {
        let one = try Summary(self, experiment: first.experiment, metric: metric)
        let two =
            first.experiment == second.experiment
            ? one : try Summary(self, experiment: second.experiment, metric: metric)
        try StoreReader.requireOneMetric(one, two)
        let plan = first.experiment == second.experiment ? one.plan : nil
        var comparison = try comparison(
            row(first, of: one, metric: metric), row(second, of: two, metric: metric), [first, second], one.metric, plan
        )
        comparison.isLookedAtRepeatedly = plan == nil && (one.plan ?? two.plan) != nil
        return comparison
    }

    /// The row of the summary, or, where the experiment selects among an axis's values, one value's own row.
    private func row(_ selection: RowSelection, of summary: Summary, metric: String?) throws -> SummaryRow {
        if let row = summary.rows.first(where: { $0.name == selection.row }) { return row }
        return try Summary(self, experiment: selection.experiment, metric: metric, selects: false).row(selection.row)
    }

    static func requireOneMetric(_ one: Summary, _ two: Summary) throws {
        guard one.metric == two.metric else {
            throw StoreError(
                .query, "\(one.name) is about \(one.metric.title) and \(two.name) about \(two.metric.title)",
                remedy: "Say with --metric by which to compare them, such as --metric accuracy")
        }
    }

    func comparison(
        _ first: SummaryRow, _ second: SummaryRow, _ selections: [RowSelection], _ metric: SummaryMetric,
        _ plan: SequentialPlan? = nil
    ) throws -> RowComparison {
        let values = [first, second].map { row in
            Dictionary(row.outcomes.map { ($0.seed, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        var seeds = first.outcomes.map(\.seed)
        seeds += second.outcomes.map(\.seed).filter { !seeds.contains($0) }
        let pairs = seeds.map {
            RowComparison.Pair(seed: $0, first: values[0][$0] ?? nil, second: values[1][$0] ?? nil)
        }
        // Two experiments have the pairs that both ask for; within one, a seed that a row lacks is a pair that is missing.
        let isOne = Set(selections.map(\.experiment)).count == 1
        let shared = Set(first.outcomes.map(\.seed)).intersection(second.outcomes.map(\.seed))
        let comparison =
            plan.map { Summary.difference(first, second, plan: $0) }
            ?? Comparison(
                seeds: isOne ? pairs.count : shared.count,
                differences: PairedDifferences(pairs.compactMap(\.difference)))
        return RowComparison(
            first: first, second: second, selections: selections, metric: metric, pairs: pairs,
            comparison: Comparison.adjusted([comparison])[0], differences: try settingDifferences(first, second))
    }

    /// The settings, without the seed, in which the first trials of two rows differ.
    private func settingDifferences(
        _ first: SummaryRow, _ second: SummaryRow
    ) throws -> [RowComparison.Difference] {
        guard let one = first.outcomes.first?.identity, let two = second.outcomes.first?.identity else { return [] }
        let settings = try [one, two].map { identity in
            Dictionary(
                try trialDetails(identity).settings.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first }
            )
        }
        return Set(settings[0].keys).union(settings[1].keys).subtracting(["seed"]).sorted().compactMap { path in
            settings[0][path] == settings[1][path]
                ? nil : RowComparison.Difference(path: path, first: settings[0][path], second: settings[1][path])
        }
    }
}

extension Summary {
    /// The row with this name.
    func row(_ name: String) throws -> SummaryRow {
        guard let row = rows.first(where: { $0.name == name }) else {
            throw StoreError(
                .unknown, "experiment \(self.name) has no row called \"\(name)\"",
                remedy: "Its rows: \(rows.map(\.name).joined(separator: ", "))")
        }
        return row
    }
}
