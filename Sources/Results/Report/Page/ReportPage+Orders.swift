import Experiments

/// Chapters about orders of rows: the published one, that of placements, the fronts.
extension ReportPage {
    /// Kendall's τ, its figures, and a verdict for each pair; nothing without a published table.
    func agreement(_ figures: [Markup]) -> [Markup] {
        guard let agreement = report.summary.agreement, let table = report.summary.agreementTable() else { return [] }
        let counts = Verdict.allCases.map { "\(agreement.count($0)) \($0.rawValue)" }.joined(separator: ", ")
        let ties = agreement.tied > 0 ? ", \(agreement.tied) published as equal" : ""
        func fact(_ name: String, _ value: Double?) -> Markup {
            .element(
                "div", [:],
                [
                    .element("dt", text: name),
                    .element(
                        "dd", ["data-value": value.map { "\($0)" }],
                        text: value.map { CellText.minusSigned(NumberFormat.fixed($0, 2)) } ?? "not known yet"),
                ])
        }
        let pairs = HTMLTable(
            table: table, identifier: "order",
            caption:
                "Every two rows to which the publication gives different numbers; p is adjusted by Holm over these pairs"
                + table.notes.map { ". \($0)" }.joined()
        ) { row, column in
            switch column {
            case "published_order": [claim(agreement.pairs[row].better, agreement.pairs[row].worse)]
            case "verdict": [verdict(agreement.pairs[row].verdict)]
            default: nil
            }
        }
        let source = report.summary.publishedSource.map { "Published: \($0). " } ?? ""
        return [
            .element(
                "p", ["class": "lead"], text: "\(counted(agreement.pairs.count, "published order")): \(counts)\(ties)."),
            .element(
                "dl", ["class": "facts"],
                [
                    fact("Kendall's τ-b", agreement.tau), fact("at least", agreement.interval?.lowerBound),
                    fact("at most", agreement.interval?.upperBound),
                ]),
            .element("p", ["class": "fine"], text: source + agreement.tauSentence),
        ] + figures + pairs.markup
    }

    /// `a > b`, each name by itself.
    func claim(_ better: String, _ worse: String) -> Markup {
        .element(
            "span", [:],
            [
                .element("bdi", text: VisibleText.singleLine(better)), .text(" > "),
                .element("bdi", text: VisibleText.singleLine(worse)),
            ])
    }

    /// Every placement of the landscapes with the epoch after which it was stopped, best first.
    var placements: [Markup] {
        report.summary.landscapes.enumerated().flatMap { index, landscape -> [Markup] in
            let rows = Dictionary(report.summary.rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            let sign = landscape.metric.higherIsBetter ? 1.0 : -1
            let order = landscape.placements.sorted { $0.mean * sign > $1.mean * sign }
            let columns = [
                Table.Column("row"), Table.Column("layout"), landscape.metric.column("mean"),
                Table.Column("epochs", title: "trained", unit: "epochs", alignment: .right),
                Table.Column("stopped_after", title: "stopped after", unit: "epochs", alignment: .right),
            ]
            let pictures = Dictionary(
                report.pictures.map { ($0.row.name, $0.picture) }, uniquingKeysWith: { first, _ in first })
            let table = Table(
                columns: columns,
                rows: order.map { placement in
                    let row = rows[placement.row]
                    return [
                        .text(placement.row), .text(row?.layout), .number(placement.mean), .integer(placement.epochs),
                        .integer(row.flatMap(report.summary.stop)),
                    ]
                })
            let when = landscape.epoch.map { " after epoch \($0)" } ?? ""
            let caption =
                "The \(landscape.placements.count) placements of \(landscape.name), best mean of "
                + "\(landscape.metric.title)\(when) first"
            let words = HTMLTable(table: table, identifier: "placements-\(index + 1)", caption: isolated(caption)) {
                row, column in
                column == "layout" ? pictures[order[row].row].map { [LayoutsFigure.thumbnail($0)] } : nil
            }
            return [
                .element(
                    "details", ["open": order.count <= 12 ? "" : nil],
                    [.element("summary", text: "All \(order.count) placements, best first")] + words.markup)
            ]
        }
    }

    /// The fronts as figures and as a table; nothing where nothing was measured.
    func costs(_ figures: [Markup]) -> [Markup] {
        guard let table = report.summary.frontTable(report.fronts) else { return [] }
        return [.element("p", ["class": "caption"], text: CostFigure.explanation(report.fronts))] + figures
            + HTMLTable(
                table: table, identifier: "fronts",
                caption: (table.subtitle ?? "")
                    + "; < a row that is better and costs no more, with ? where the two are not told apart"
            ).markup
    }
}
