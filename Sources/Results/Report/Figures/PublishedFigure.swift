/// The measured means beside the published values, and every pair of rows that the publication orders.
enum PublishedFigure {
    static func all(_ summary: Summary) -> [Figure] {
        guard let agreement = summary.agreement else { return [] }
        return [scatter(summary, agreement), pairs(summary, agreement)].compactMap { $0 }
    }

    private static func scatter(_ summary: Summary, _ agreement: Agreement) -> Figure? {
        let metric = summary.metric
        let points = summary.rows.compactMap { row in
            row.published.flatMap { published in row.mean.map { (row: row, published: published, mean: $0) } }
        }
        guard !points.isEmpty else { return nil }
        let labels = summary.labels
        let bounds = points.compactMap(\.row.meanInterval).flatMap { [$0.lowerBound, $0.upperBound] }
        var canvas = Canvas(height: 292)
        let plot = PlotArea(
            x: points.map(\.published), y: points.map(\.mean) + bounds, corner: Point(x: 46, y: 24), width: 420,
            height: 222, yLimits: metric.limits)
        canvas.text(metric.title, at: Point(x: 6, y: 12), .tick)
        canvas.text(agreement.tauWords, at: Point(x: 466, y: 12), .label, anchor: .end)
        plot.drawRows(&canvas) { $0.text($1, isShare: metric.isShare) }
        plot.drawColumns(&canvas) { $0.text($1) }
        canvas.text("published", at: Point(x: 466, y: 286), .tick, anchor: .end)
        var placing = LabelPlacing(
            points: points.map { plot.point($0.published, $0.mean) }, radius: 6, width: Canvas.width, height: 246)
        for point in points {
            if let interval = point.row.meanInterval { plot.drawWhisker(point.published, interval, &canvas) }
            let place = plot.point(point.published, point.mean)
            canvas.circle(
                place, radius: 5, .dot,
                tip:
                    "\(point.row.name): \(metric.valueWords(point.mean)), published \(NumberFormat.plain.text(point.published))"
            )
        }
        for point in points {
            let name = Canvas.cut(labels[point.row.name], to: 150, size: 11)
            guard let place = placing.place(name, beside: plot.point(point.published, point.mean)) else { continue }
            canvas.text(name, at: place.at, .name, anchor: place.anchor, tip: point.row.name)
        }
        let data = Table(
            columns: [
                Table.Column("row"), Table.Column("published", alignment: .decimal), metric.column("mean"),
                metric.intervalColumn(),
            ],
            rows: points.map {
                [.text($0.row.name), .number($0.published), .number($0.mean), .interval($0.row.meanInterval)]
            })
        return Figure(
            "published", title: "Against the published values",
            caption: "Means over seeds with their 95 % t intervals, by the value that the publication gives the row. "
                + "\(agreement.tauSentence)" + summary.labelWords, data: data, canvas)
    }

    private static func pairs(_ summary: Summary, _ agreement: Agreement) -> Figure? {
        let metric = summary.metric
        let values = agreement.pairs.flatMap { pair -> [Double] in
            let interval = pair.comparison.interval.map { [$0.lowerBound, $0.upperBound] } ?? []
            return interval + (pair.comparison.differences.mean.map { [$0] } ?? [])
        }
        guard !values.isEmpty else { return nil }
        let labels = summary.labels
        var chart = RowChart(
            agreement.pairs.map {
                .init(
                    "\(VisibleText.isolated(labels[$0.better])) > \(VisibleText.isolated(labels[$0.worse]))",
                    name: "\($0.better) > \($0.worse)")
            }, values: values + [0], title: "difference of \(metric.name)" + (metric.isShare ? ", points" : ""),
            nameWidth: 190, rightMargin: 88, tick: { $0.text($1, isShare: metric.isShare) })
        chart.rule(0, .zero)
        for (line, pair) in agreement.pairs.enumerated() { draw(pair, line, metric, &chart) }
        let side = metric.higherIsBetter ? "right" : "left"
        return Figure(
            "pairs", title: "The published order, pair by pair",
            caption:
                "The row that the publication finds better minus the other, seed by seed, with its 95 % t interval: to "
                + "the \(side) of 0 is the published order. Full dots are supported, crosses contradicted, rings undecided, "
                + "by the sign-flip test with Holm's correction over the pairs.",
            data: (summary.agreementTable() ?? Table(columns: [], rows: [])).untitled, chart.canvas)
    }

    private static func draw(_ pair: Agreement.Pair, _ line: Int, _ metric: SummaryMetric, _ chart: inout RowChart) {
        let name = "\(pair.better) > \(pair.worse)"
        let end = Point(x: Canvas.width - 80, y: chart.y(line) + 4)
        chart.draw { $0.text(pair.verdict.rawValue, at: end, pair.verdict == .undecided ? .faint : .label) }
        guard let mean = pair.comparison.differences.mean else { return }
        if let interval = pair.comparison.interval {
            chart.interval(
                interval, line: line, tip: "\(name): 95 % interval \(metric.words(interval, isSigned: true))")
        }
        let place = chart.point(mean, line: line, shift: RowChart.meanShift)
        let tip = "\(name): \(metric.signedWords(mean)), \(pair.verdict.rawValue)"
        chart.draw { canvas in
            if pair.verdict == .contradicted {
                canvas.cross(place, radius: 5, .lost, tip: tip)
            } else {
                canvas.circle(place, radius: 5, pair.verdict == .supported ? .dot : .hollow, tip: tip)
            }
        }
    }
}

extension Agreement {
    private func number(_ value: Double) -> String { CellText.minusSigned(NumberFormat.fixed(value, 2)) }

    /// `τ-b 0.60 [−0.20, 1.00]`.
    var tauWords: String {
        (tau.map { "τ-b \(number($0))" } ?? "τ-b unknown")
            + (interval.map { " [\(number($0.lowerBound)), \(number($0.upperBound))]" } ?? "")
    }

    var tauSentence: String {
        "Kendall's \(tauWords): 1 is the published order, −1 its reverse; in brackets where that of the true means lies with "
            + "95 %, as undecided pairs may go either way."
    }
}

extension Table {
    /// The table without its headings, where something else has them.
    var untitled: Table { Table(columns: columns, rows: rows, notes: notes) }
}
