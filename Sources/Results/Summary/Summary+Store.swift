import Foundation

extension Summary {
    /// Computes the summary of an experiment.
    ///
    /// - Parameters:
    ///   - reference: the row to compare with; nil for the file's.
    ///   - metric: nil for the file's.
    ///   - baselines: what the data set reaches without training.
    ///   - selects: whether one row stands for all values of an axis that the file selects among.
    /// - Throws: ``StoreError`` for an unknown experiment and an unknown reference.
    public init(
        _ reader: StoreReader, experiment name: String, reference: String? = nil, metric: String? = nil,
        baselines: [Baseline] = [], selects: Bool = true
    ) throws {
        let (facts, known) = try reader.read { database in
            let experiment = try reader.experiment(name, database)
            let all = try SummaryFacts(experiment: experiment, metric: metric, database)
            let facts = selects ? all.selected() : all
            return (facts, metric == nil || facts.hasValues ? [] : try SummaryFacts.measured(experiment, database))
        }
        if let metric, !known.isEmpty {
            throw StoreError(
                .query, "no trial of \(name) has the metric \"\(metric)\"",
                remedy: "They have: \(known.joined(separator: ", "))")
        }
        if let reference, !facts.rows.contains(where: { $0.name == reference }) {
            throw StoreError(
                .unknown, "experiment \(name) has no row called \"\(reference)\"",
                remedy: "Its rows: \(facts.rows.map(\.name).joined(separator: ", "))")
        }
        self.init(name, facts, reference: reference ?? facts.reference, baselines)
    }

    private init(_ name: String, _ facts: SummaryFacts, reference: String, _ baselines: [Baseline]) {
        let metric = facts.metric
        var rows = Summary.rows(facts, reference)
        Summary.compare(&rows, facts.plan)
        Summary.markBest(&rows, metric)
        let parts = Set(rows.flatMap { $0.outcomes.flatMap(\.parts.keys) })
        self.init(
            name: name, question: facts.question, metric: metric, reference: reference, seeds: facts.seeds, rows: rows,
            claims: Summary.claims(facts.claims, rows, metric, seeds: facts.seeds.count, plan: facts.plan),
            parts: parts.sorted { $0.compare($1, options: .numeric) == .orderedAscending }, baselines: baselines,
            publishedSource: facts.publishedSource,
            agreement: Agreement(
                rows, higherIsBetter: metric.higherIsBetter,
                publishedHigherIsBetter: facts.ownMetric.higherIsBetter, plan: facts.plan), plan: facts.plan,
            bracket: facts.bracket, landscapes: facts.landscapes, notes: [])
        removedTrials = facts.removedTrials
        selection = facts.selection
        notes = SummaryNotes(self).all
    }

    private static func rows(_ facts: SummaryFacts, _ reference: String) -> [SummaryRow] {
        facts.rows.map { row in
            let sizes = row.trials.compactMap(\.size)
            var size = sizes.first
            size?.peakResidentBytes = sizes.map(\.peakResidentBytes).max() ?? 0
            size?.trainingThroughput = median(sizes.compactMap(\.trainingThroughput))
            size?.inferenceThroughput = median(sizes.compactMap(\.inferenceThroughput))
            let done = row.trials.filter { $0.outcome.state == .done }
            return SummaryRow(
                name: row.name, layout: row.layout, axes: row.axes, isReference: row.name == reference,
                outcomes: row.trials.map(\.outcome), size: size,
                wallSeconds: Moments.mean(done.compactMap(\.wallSeconds)), published: row.published)
        }
    }

    private static func compare(_ rows: inout [SummaryRow], _ plan: SequentialPlan?) {
        guard let reference = rows.first(where: \.isReference) else { return }
        let others = rows.indices.filter { !rows[$0].isReference }
        let comparisons = Comparison.adjusted(others.map { difference(rows[$0], reference, plan: plan) })
        for (index, comparison) in zip(others, comparisons) {
            rows[index].comparison = comparison
        }
    }

    /// One row minus another over the seeds that both have done.
    ///
    /// - Parameter plan: where seeds are looked at one by one, pairs count in the seeds' order up to the first that is not
    ///   done, so that the order of the looks does not depend on which trial was ready first.
    static func difference(_ row: SummaryRow, _ other: SummaryRow, plan: SequentialPlan? = nil) -> Comparison {
        if let plan { return sequentialDifference(row, other, plan) }
        let values = Dictionary(other.outcomes.map { ($0.seed, $0.value) }, uniquingKeysWith: { first, _ in first })
        let differences = row.outcomes.compactMap { outcome in
            outcome.value.flatMap { value in values[outcome.seed]?.map { value - $0 } }
        }
        return Comparison(
            seeds: max(row.outcomes.count, other.outcomes.count), differences: PairedDifferences(differences))
    }

    private static func sequentialDifference(
        _ row: SummaryRow, _ other: SummaryRow, _ plan: SequentialPlan
    ) -> Comparison {
        let pairs = zip(row.outcomes, other.outcomes).prefix { $0.seed == $1.seed }
        let done = pairs.prefix { $0.value?.isFinite ?? false && $1.value?.isFinite ?? false }
        let differences = done.map { ($0.value ?? 0) - ($1.value ?? 0) }
        return Comparison(seeds: pairs.count, differences: PairedDifferences(differences), plan: plan)
    }

    private static func markBest(_ rows: inout [SummaryRow], _ metric: SummaryMetric) {
        let means = rows.compactMap(\.mean)
        guard means.count > 1, let best = metric.higherIsBetter ? means.max() : means.min() else { return }
        for index in rows.indices {
            rows[index].isBest = rows[index].mean == best
        }
    }

    /// What the rows say of claims that are made together.
    static func claims(
        _ claims: [(better: String, worse: String)], _ rows: [SummaryRow], _ metric: SummaryMetric, seeds: Int,
        plan: SequentialPlan?
    ) -> [ClaimResult] {
        func row(_ name: String) -> SummaryRow? { rows.first { $0.name == name } }
        let empty = Comparison(seeds: seeds, differences: PairedDifferences([]), plan: plan)
        let comparisons = Comparison.adjusted(
            claims.map { claim in
                guard let better = row(claim.better), let worse = row(claim.worse) else { return empty }
                return difference(better, worse, plan: plan)
            })
        return zip(claims, comparisons).map { claim, comparison in
            guard row(claim.better) != nil, row(claim.worse) != nil else {
                return ClaimResult(
                    better: claim.better, worse: claim.worse, verdict: .undecided,
                    reason: "the experiment no longer has one of its rows", comparison: nil)
            }
            var (verdict, reason) = Verdict.of(comparison, higherIsBetter: metric.higherIsBetter)
            if let lost = [claim.better, claim.worse].first(where: { row($0)?.hasOnlyDiverged ?? false }) {
                reason = "\(lost) diverged with every seed"
            }
            return ClaimResult(
                better: claim.better, worse: claim.worse, verdict: verdict, reason: reason, comparison: comparison)
        }
    }

    private static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
