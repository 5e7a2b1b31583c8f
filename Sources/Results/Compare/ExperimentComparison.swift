/// Two experiments row by row, over the rows that have the same name in both.
public struct ExperimentComparison: Hashable, Sendable {
    public var first: String
    public var second: String
    public var metric: SummaryMetric
    public var rows: [RowComparison]
    /// Rows that only one of them has.
    public var unmatched: [String]
}

extension StoreReader {
    /// Compares the rows of two experiments that have the same name; p-values are adjusted over all of them.
    public func compare(experiments first: String, _ second: String, metric: String? = nil) throws
        -> ExperimentComparison
    {
        guard first != second else {
            throw StoreError(.unknown, "both are the experiment \(first)", remedy: "Name two experiments")
        }
        let one = try Summary(self, experiment: first, metric: metric)
        let two = try Summary(self, experiment: second, metric: metric)
        try StoreReader.requireOneMetric(one, two)
        let shared = one.rows.filter { row in two.rows.contains { $0.name == row.name } }
        guard !shared.isEmpty else {
            throw StoreError(
                .unknown, "\(first) and \(second) have no row of the same name",
                remedy: "Compare two rows instead: ablate compare \(first)/ROW \(second)/ROW")
        }
        var rows = try shared.map { row in
            try comparison(
                row, two.row(row.name),
                [RowSelection(experiment: first, row: row.name), RowSelection(experiment: second, row: row.name)],
                one.metric)
        }
        for (index, comparison) in Comparison.adjusted(rows.map(\.comparison)).enumerated() {
            rows[index].comparison = comparison
        }
        let names = Set(shared.map(\.name))
        return ExperimentComparison(
            first: first, second: second, metric: one.metric, rows: rows,
            unmatched: (one.rows + two.rows).map(\.name).filter { !names.contains($0) })
    }
}

extension ExperimentComparison {
    /// One line for each row of the same name.
    public var table: Table {
        let format = metric.format
        let difference = metric.differenceFormat
        let columns: [Table.Column] = [
            .init("row"), .init("pairs", alignment: .right),
            .init("first_mean", title: first, alignment: .decimal, format: format),
            .init("second_mean", title: second, alignment: .decimal, format: format),
            .init("difference", title: "Δ", alignment: .decimal, format: difference),
            .init("interval", title: "95 % interval", alignment: .right, format: difference),
            .init("p_holm", title: "p", alignment: .decimal, format: .probability),
            .init("first_sd", alignment: .decimal, format: format, isRaw: true),
            .init("second_sd", alignment: .decimal, format: format, isRaw: true), .init("p", isRaw: true),
        ]
        let cells = rows.map { row in
            let (comparison, values) = (row.comparison, row.sharedValues)
            return [
                Table.Cell.text(row.first.name),
                Table.Cell(.fraction(comparison.differences.count, of: comparison.seeds)),
                .number(Moments.mean(values[0])), .number(Moments.mean(values[1])),
                Table.Cell(
                    Table.Cell.number(comparison.differences.mean).value, isEmphasized: comparison.isSeparated,
                    mark: comparison.sign),
                .interval(comparison.interval), .number(comparison.adjustedPValue),
                .number(Moments.standardDeviation(values[0])), .number(Moments.standardDeviation(values[1])),
                .number(comparison.pValue),
            ]
        }
        return Table(
            title: "\(first) minus \(second)",
            subtitle: "\(metric.title); means over the pairs; Δ is seed by seed, with its 95 % t interval; p is the "
                + "sign-flip test's, adjusted by Holm",
            columns: columns, rows: cells, notes: notes)
    }

    private var notes: [String] {
        var notes: [String] = []
        let legend = Comparison.legend(rows.map(\.comparison))
        if !legend.isEmpty { notes.append(legend.joined(separator: " ")) }
        if let reach = Comparison.outOfReach(rows.map(\.comparison)) { notes.append(reach) }
        if !unmatched.isEmpty { notes.append("Only in one of them: \(unmatched.joined(separator: ", ")).") }
        let shared = rows.dropFirst().reduce(Set(rows[0].differences)) { $0.intersection($1.differences) }
        let words = shared.sorted { $0.path < $1.path }
            .map { "\($0.path) \($0.first ?? "none") against \($0.second ?? "none")" }
        if !words.isEmpty { notes.append("All rows differ in \(words.joined(separator: "; ")).") }
        return notes
    }
}
