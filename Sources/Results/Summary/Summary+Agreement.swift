extension Summary {
    /// One line for each pair of rows that the publication orders, and Kendall's τ above it; nil without published values.
    public func agreementTable() -> Table? {
        guard let agreement else { return nil }
        let format = metric.differenceFormat
        let columns = [
            Table.Column("published_order", title: "published order"),
            Table.Column(
                "published_difference", title: "published Δ", alignment: .decimal, format: .signed(2),
                narrowing: .drop(1)),
            Table.Column("difference", title: "Δ", alignment: .decimal, format: format),
            Table.Column("interval", title: "95 % interval", alignment: .right, format: format),
            Table.Column("p_holm", title: "p", alignment: .decimal, format: .probability),
            Table.Column("verdict"),
        ]
        let rows = agreement.pairs.map { pair in
            [
                Table.Cell.text("\(pair.better) > \(pair.worse)"), .number(pair.publishedDifference),
                .number(pair.comparison.differences.mean), .interval(pair.comparison.interval),
                .number(pair.comparison.adjustedPValue),
                Table.Cell(.text(pair.verdict.rawValue), isEmphasized: pair.verdict != .undecided),
            ]
        }
        var table = Table(
            title: "Agreement with the published order", subtitle: agreement.sentence, columns: columns, rows: rows,
            notes: Comparison.outOfReach(agreement.pairs.map(\.comparison)).map { [$0] } ?? [])
        table.name = "\(name)-agreement"
        return table
    }
}

extension Agreement {
    /// `Kendall's τ-b is 0.60, for certain between 0.20 and 1.00; 15 pairs: 5 supported, …`.
    var sentence: String {
        func number(_ value: Double) -> String { CellText.minusSigned(NumberFormat.fixed(2).text(value)) }
        let value =
            tau.map { "Kendall's τ-b of the means is \(number($0))" } ?? "Kendall's τ-b needs a mean of every row"
        let range =
            interval.map { ", and that of the true means lies in [\(number($0.lowerBound)), \(number($0.upperBound))]" }
            ?? ""
        let verdicts = Verdict.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
        let ties = tied > 0 ? ", \(tied) published as equal" : ""
        return "\(value)\(range) (95 %: undecided pairs may go either way); \(pairs.count) pairs: \(verdicts)\(ties); "
            + "p is adjusted by Holm over the pairs"
    }
}
