/// Successive halving, rung by rung: what every row had reached, which were stopped there and which went on.
enum SurvivorsFigure {
    /// One row's way through the rungs.
    private struct Way {
        var row: String
        var steps: [(rung: Int, value: Double)]
        var stop: Int?
    }

    static func draw(_ summary: Summary) -> Figure? {
        guard let bracket = summary.bracket else { return nil }
        let ways = ways(bracket)
        let values = ways.flatMap { $0.steps.map(\.value) }
        guard !values.isEmpty else { return nil }
        let metric = bracket.metric
        var canvas = Canvas(height: 292)
        // Names of those that went on stand to the right of the last rung.
        let plot = PlotArea(
            x: [-0.25, Double(bracket.rungs.count - 1) + 0.25], y: values, corner: Point(x: 46, y: 24), width: 280,
            height: 222)
        canvas.text(metric.title, at: Point(x: 6, y: 12), .tick)
        plot.drawRows(&canvas) { $0.text($1, isShare: metric.isShare) }
        for (index, rung) in bracket.rungs.enumerated() {
            canvas.text(
                "after epoch \(rung.epochs)", at: Point(x: plot.x(Double(index)), y: plot.y.start + 17), .tick,
                anchor: .middle)
        }
        for way in ways.filter({ $0.stop != nil }) + ways.filter({ $0.stop == nil }) {
            draw(way, summary.reference, bracket, plot, &canvas)
        }
        drawNames(ways, summary.labels, plot, &canvas)
        return Figure(
            "survivors", title: "Which rows went on", caption: caption(bracket, summary) + summary.labelWords,
            data: data(bracket), canvas)
    }

    private static func ways(_ bracket: Bracket) -> [Way] {
        let names = bracket.rungs.first?.outcomes.map(\.row) ?? []
        return names.map { name in
            let steps = bracket.rungs.enumerated().compactMap { index, rung in
                rung.outcomes.first { $0.row == name }?.value.map { (rung: index, value: $0) }
            }
            return Way(row: name, steps: steps, stop: bracket.stop(of: name))
        }
    }

    private static func draw(
        _ way: Way, _ reference: String, _ bracket: Bracket, _ plot: PlotArea, _ canvas: inout Canvas
    ) {
        let points = way.steps.map { plot.point(Double($0.rung), $0.value) }
        canvas.path(points, way.row == reference ? .referenceCurve : way.stop == nil ? .curve : .whisker, tip: way.row)
        for (step, point) in zip(way.steps, points) {
            let rung = bracket.rungs[step.rung]
            let isEnd = way.stop == rung.epochs
            let place = rung.outcomes.first { $0.row == way.row }?.place.map { ", place \($0) of \(rung.rows)" } ?? ""
            canvas.circle(
                point, radius: isEnd ? 3.5 : 4.5, isEnd ? .beaten : .dot,
                tip: "\(way.row), epoch \(rung.epochs): \(bracket.metric.valueWords(step.value))\(place)"
                    + (isEnd ? ", stopped" : ""))
        }
    }

    private static func drawNames(_ ways: [Way], _ labels: RowLabels, _ plot: PlotArea, _ canvas: inout Canvas) {
        let ends = ways.filter { $0.stop == nil }.compactMap { way in way.steps.last.map { (way.row, $0) } }
        var floor = 0.0
        // From the top down, each at its own height or as close below the one before as words can stand.
        for (name, end) in ends.sorted(by: { plot.y($0.1.value) < plot.y($1.1.value) }) {
            let point = plot.point(Double(end.rung), end.value)
            let y = max(point.y + 4, floor)
            guard y <= plot.y.start + 4 else { continue }
            canvas.text(
                Canvas.cut(labels[name], to: 146, size: 11), at: Point(x: plot.x.end + 6, y: y), .name, tip: name)
            floor = y + 13
        }
    }

    private static func caption(_ bracket: Bracket, _ summary: Summary) -> String {
        let stops = bracket.rungs.map { "\($0.stopped.count) of \($0.rows) after epoch \($0.epochs)" }
        return
            "Rows by their mean \(bracket.metric.split) \(bracket.metric.name). A grey ring ends the way of a row that was "
            + "stopped: \(stops.joined(separator: ", ")). Names stand beside those that went on; the dashed way is "
            + "\(summary.reference)'s. The reference and rows of claims go on whatever their place."
    }

    private static func data(_ bracket: Bracket) -> Table {
        let columns = [
            Table.Column("row"), Table.Column("epochs", alignment: .right), bracket.metric.column("value"),
            Table.Column("place", alignment: .right), Table.Column("outcome"),
        ]
        return Table(
            columns: columns,
            rows: bracket.rungs.flatMap { rung in
                rung.outcomes.map { outcome in
                    [
                        .text(outcome.row), .integer(rung.epochs), .number(outcome.value), .integer(outcome.place),
                        .text(outcome.decision.rawValue),
                    ]
                }
            })
    }
}
