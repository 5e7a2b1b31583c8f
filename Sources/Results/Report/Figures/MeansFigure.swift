import Experiments

/// The mean of each row with its interval and every seed: a dot plot.
enum MeansFigure {
    static func draw(_ summary: Summary) -> Figure? {
        let metric = summary.metric
        let rows = summary.shownRows
        let labels = summary.labels
        let values = rows.flatMap { $0.values + bounds($0.meanInterval) }
        guard !values.isEmpty else { return nil }
        let baselines = shownBaselines(summary, beside: values)
        var chart = RowChart(
            rows.map { .init(labels[$0.name], name: $0.name, isStrong: $0.isReference) },
            values: values + baselines.map(\.value),
            title: metric.title, limits: metric.limits, tick: { $0.text($1, isShare: metric.isShare) })
        for baseline in baselines {
            chart.rule(baseline.value, .baseline, tip: "\(baseline.name) \(metric.valueWords(baseline.value))")
        }
        if let mean = rows.first(where: \.isReference)?.mean {
            chart.rule(mean, .reference, tip: "mean of \(summary.reference): \(metric.valueWords(mean))")
        }
        for (line, row) in rows.enumerated() { draw(row, line, metric, &chart) }
        return Figure(
            "means", title: "\(metric.heading) by row",
            caption: caption(summary, baselines) + summary.leftOut + summary.labelWords,
            data: data(summary), chart.canvas)
    }

    /// One line a row: the mean, its interval and each seed.
    private static func data(_ summary: Summary) -> Table {
        let metric = summary.metric
        let seeds = summary.allSeeds
        let columns =
            [Table.Column("row"), metric.column("mean"), metric.intervalColumn()]
            + seeds.map { metric.column("seed_\($0)", title: "seed \($0)") }
        return Table(
            columns: columns,
            rows: summary.shownRows.map { row in
                [.text(row.name), .number(row.mean), .interval(row.meanInterval)]
                    + seeds.map { seed in .number(row.outcomes.first { $0.seed == seed }?.value) }
            })
    }

    private static func draw(_ row: SummaryRow, _ line: Int, _ metric: SummaryMetric, _ chart: inout RowChart) {
        for outcome in row.outcomes {
            guard let value = outcome.value else { continue }
            let place = chart.point(value, line: line, shift: RowChart.seedShift)
            chart.draw {
                $0.circle(
                    place, radius: 3, .seed, tip: "\(row.name), seed \(outcome.seed): \(metric.valueWords(value))")
            }
        }
        guard let mean = row.mean else {
            let words = row.count(.diverged) == row.outcomes.count ? "every seed diverged" : "no result yet"
            let place = Point(x: chart.scale.start + 6, y: chart.y(line) + 4)
            chart.draw { $0.text(words, at: place, .faint) }
            return
        }
        let count = row.values.count
        if let interval = row.meanInterval {
            chart.interval(interval, line: line, tip: "\(row.name): 95 % interval \(metric.words(interval))")
        }
        let place = chart.point(mean, line: line, shift: RowChart.meanShift)
        chart.draw {
            $0.circle(
                place, radius: 5, .dot, tip: "\(row.name): mean \(metric.valueWords(mean)) of \(counted(count, "seed"))"
            )
        }
    }

    /// Baselines in reach: one that lies far off would press the rows together.
    private static func shownBaselines(_ summary: Summary, beside values: [Double]) -> [Summary.Baseline] {
        guard let low = values.min(), let high = values.max() else { return [] }
        let reach = high - low
        return summary.baselines.filter {
            $0.part == summary.metric.part && $0.value > low - reach && $0.value < high + reach
        }
    }

    private static func caption(_ summary: Summary, _ baselines: [Summary.Baseline]) -> String {
        var caption = "Large dots are means over seeds, small dots single seeds; bars are 95 % t intervals of the means"
        if summary.rows.contains(where: { $0.values.count == 1 }) { caption += ", which one seed does not have" }
        caption += ". The dashed line is the mean of \(summary.reference), the reference."
        if !baselines.isEmpty {
            caption +=
                " Dotted: "
                + baselines.map { "\($0.name) \(summary.metric.valueWords($0.value))" }.joined(separator: ", ")
                + "."
        }
        let diverged = summary.rows.filter { $0.count(.diverged) > 0 }.map { "\($0.count(.diverged)) of \($0.name)" }
        if !diverged.isEmpty { caption += " Without diverged seeds (\(diverged.joined(separator: ", ")))." }
        if let limits = summary.metric.limits,
            summary.shownRows.contains(where: { $0.meanInterval.map { $0.clamped(to: limits) != $0 } ?? false })
        {
            caption += " An arrow says that the interval goes on beyond 0 to 100 %: it knows of no limits."
        }
        return caption + " Overlapping bars say little about a difference: seeds are paired, see the differences."
    }

    private static func bounds(_ range: ClosedRange<Double>?) -> [Double] {
        range.map { [$0.lowerBound, $0.upperBound] } ?? []
    }
}

extension SummaryMetric {
    /// `Test accuracy pairs=4`.
    var heading: String {
        let words = "\(split) \(name)" + (part.isEmpty ? "" : " \(part)")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// A value in words: `91.62 %`.
    func valueWords(_ value: Double) -> String {
        CellText.minusSigned(format.text(value)) + (isShare ? " %" : "")
    }

    /// A difference in words, with its sign: `+0.54 points`.
    func signedWords(_ difference: Double) -> String {
        CellText.minusSigned(differenceFormat.text(difference)) + (isShare ? " points" : "")
    }

    /// An interval in words, of values or, signed, of differences.
    func words(_ range: ClosedRange<Double>, isSigned: Bool = false) -> String {
        let format = isSigned ? differenceFormat : self.format
        return
            "[\(CellText.minusSigned(format.text(range.lowerBound))), \(CellText.minusSigned(format.text(range.upperBound)))]"
    }
}
