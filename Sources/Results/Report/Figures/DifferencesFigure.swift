import Experiments

/// Differences of pairs of rows, seed by seed, with their means and intervals: what verdicts rest on.
enum DifferencesFigure {
    /// One line: a row minus another.
    struct Line {
        var label: String
        var name: String
        var comparison: Comparison
        var pairs: [(seed: Int, difference: Double)]
    }

    static func draw(_ summary: Summary) -> Figure? {
        let lines = lines(summary)
        let values = lines.flatMap { line in
            line.pairs.map(\.difference)
                + (line.comparison.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
        }
        guard !values.isEmpty else { return nil }
        let metric = summary.metric
        var chart = RowChart(
            lines.map { .init($0.label, name: $0.name) }, values: values + [0],
            title: "difference of \(metric.name)" + (metric.isShare ? ", points" : ""),
            tick: { $0.text($1, isShare: metric.isShare) })
        chart.rule(0, .zero)
        for (index, line) in lines.enumerated() { draw(line, index, metric, &chart) }
        return Figure(
            "differences", title: "Paired differences",
            caption: caption(summary, lines) + summary.leftOut + summary.labelWords,
            data: data(lines, summary), chart.canvas)
    }

    /// One line a comparison: the mean difference, its interval, p and each pair of seeds.
    private static func data(_ lines: [Line], _ summary: Summary) -> Table {
        let metric = summary.metric
        let seeds = summary.allSeeds.filter { seed in lines.contains { $0.pairs.contains { $0.seed == seed } } }
        let columns =
            [
                Table.Column("comparison"), metric.differenceColumn("difference", title: "Δ"),
                Table.Column("interval", title: "95 % interval", alignment: .right, format: metric.differenceFormat),
                Table.Column("p_holm", title: "p", alignment: .decimal, format: .probability),
            ] + seeds.map { metric.differenceColumn("seed_\($0)", title: "seed \($0)") }
        return Table(
            columns: columns,
            rows: lines.map { line in
                [
                    .text(line.name), .number(line.comparison.differences.mean), .interval(line.comparison.interval),
                    .number(line.comparison.adjustedPValue),
                ] + seeds.map { seed in .number(line.pairs.first { $0.seed == seed }?.difference) }
            })
    }

    /// Every row against the reference, then the claims that are about other pairs.
    static func lines(_ summary: Summary) -> [Line] {
        let labels = summary.labels
        var lines = summary.shownRows.compactMap { row -> Line? in
            guard let comparison = row.comparison else { return nil }
            guard let reference = summary.rows.first(where: \.isReference) else { return nil }
            return Line(label: labels[row.name], name: row.name, comparison: comparison, pairs: pairs(row, reference))
        }
        for claim in summary.claims where claim.better != summary.reference && claim.worse != summary.reference {
            guard let better = summary.rows.first(where: { $0.name == claim.better }),
                let worse = summary.rows.first(where: { $0.name == claim.worse }), let comparison = claim.comparison
            else { continue }
            lines.append(
                Line(
                    label:
                        "\(VisibleText.isolated(labels[claim.better])) − \(VisibleText.isolated(labels[claim.worse]))",
                    name: "\(VisibleText.isolated(claim.better)) − \(VisibleText.isolated(claim.worse))",
                    comparison: comparison, pairs: pairs(better, worse)))
        }
        return lines
    }

    private static func pairs(_ row: SummaryRow, _ other: SummaryRow) -> [(seed: Int, difference: Double)] {
        let values = Dictionary(other.outcomes.map { ($0.seed, $0.value) }, uniquingKeysWith: { first, _ in first })
        return row.outcomes.compactMap { outcome in
            guard let value = outcome.value, let base = values[outcome.seed] ?? nil else { return nil }
            return (outcome.seed, value - base)
        }
    }

    private static func draw(_ line: Line, _ index: Int, _ metric: SummaryMetric, _ chart: inout RowChart) {
        for pair in line.pairs {
            let place = chart.point(pair.difference, line: index, shift: RowChart.seedShift)
            chart.draw {
                $0.circle(
                    place, radius: 3, .seed,
                    tip: "\(line.name), seed \(pair.seed): \(metric.signedWords(pair.difference))")
            }
        }
        guard let mean = line.comparison.differences.mean else {
            let place = Point(x: chart.scale.start + 6, y: chart.y(index) + 4)
            chart.draw { $0.text("no pair of seeds yet", at: place, .faint) }
            return
        }
        if let interval = line.comparison.interval {
            chart.interval(
                interval, line: index, tip: "\(line.name): 95 % interval \(metric.words(interval, isSigned: true))")
        }
        let place = chart.point(mean, line: index, shift: RowChart.meanShift)
        let tip = "\(line.name): mean \(metric.signedWords(mean)) of \(counted(line.pairs.count, "pair"))"
        chart.draw { $0.circle(place, radius: 5, line.comparison.isSeparated ? .dot : .hollow, tip: tip) }
    }

    private static func caption(_ summary: Summary, _ lines: [Line]) -> String {
        var caption =
            "Each row minus \(summary.reference) with the same seed (small dots), the mean and its 95 % t interval."
        if lines.count > summary.shownRows.count - 1 {
            caption += " The last lines are claims about two other rows: the first minus the second."
        }
        let direction = summary.metric.higherIsBetter ? "right" : "left"
        caption += " Better than \(summary.reference) is to the \(direction) of 0."
        caption +=
            " A full dot is told apart from 0: its adjusted sign-flip p is below 0.05 and its interval leaves out "
        caption += "0. A hollow one is not."
        return caption
    }
}
