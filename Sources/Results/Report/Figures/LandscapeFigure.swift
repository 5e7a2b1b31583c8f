/// The metric by the position of attention, where an experiment has rows that differ in nothing else.
enum LandscapeFigure {
    static func draw(_ report: Report) -> Figure? {
        guard let landscape = PlacementLandscape(report) else { return nil }
        let metric = report.summary.metric
        let all = landscape.positions.flatMap { position in
            [position.with, position.without].compactMap { $0 }
                + (position.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
        }
        var canvas = Canvas(height: 280)
        canvas.text(metric.title, at: Point(x: 6, y: 12), .tick)
        let last = Double(max(1, landscape.positions.count - 1))
        let plot = PlotArea(
            x: [-0.4, last + 0.4], y: all, corner: Point(x: 46, y: 24), width: 420, height: 200)
        plot.drawRows(&canvas) { $0.text($1, isShare: metric.isShare) }
        for (index, position) in landscape.positions.enumerated() {
            draw(position, plot, Double(index), metric, &canvas)
        }
        drawStages(landscape, plot, &canvas)
        return Figure(
            "landscape", title: "\(metric.heading) by position of attention", caption: caption(landscape), canvas)
    }

    private static func draw(
        _ position: PlacementLandscape.Position, _ plot: PlotArea, _ x: Double, _ metric: SummaryMetric,
        _ canvas: inout Canvas
    ) {
        let place = "stage \(position.stage + 1), block \(position.place + 1)"
        if let without = position.without {
            let middle = plot.point(x, without)
            canvas.path(
                [Point(x: middle.x - 7, y: middle.y), Point(x: middle.x + 7, y: middle.y)], .referenceCurve,
                tip:
                    "\(place) without attention: \(metric.valueWords(without)), mean of \(counted(position.rowsWithout, "row"))"
            )
        }
        if let interval = position.interval {
            canvas.path(
                [plot.point(x, interval.lowerBound), plot.point(x, interval.upperBound)], .interval,
                tip: "\(place): 95 % interval \(metric.words(interval))")
        }
        if let with = position.with {
            canvas.circle(
                plot.point(x, with), radius: 5, .dot,
                tip: "attention at \(place): \(metric.valueWords(with)), mean of \(counted(position.rowsWith, "row"))")
        }
        canvas.text(
            "\(position.place + 1)", at: Point(x: plot.x(x), y: plot.y.start + 16), .tick, anchor: .middle)
    }

    private static func drawStages(_ landscape: PlacementLandscape, _ plot: PlotArea, _ canvas: inout Canvas) {
        let stages = landscape.positions.map(\.stage)
        for stage in Set(stages).sorted() {
            guard let first = stages.firstIndex(of: stage), let last = stages.lastIndex(of: stage) else { continue }
            let (left, right) = (plot.x(Double(first)) - 8, plot.x(Double(last)) + 8)
            canvas.path([Point(x: left, y: plot.y.start + 24), Point(x: right, y: plot.y.start + 24)], .axis)
            canvas.text(
                "block of stage \(stage + 1)", at: Point(x: (left + right) / 2, y: plot.y.start + 40), .tick,
                anchor: .middle)
        }
    }

    private static func caption(_ landscape: PlacementLandscape) -> String {
        let blocks = counted(landscape.attentionBlocks, "attention block")
        return "\(counted(landscape.rows, "row")) with \(blocks) each, over \(counted(landscape.seeds, "seed")) that "
            + "all of them have. Dots: the mean of the rows with attention at this block, and its 95 % t interval over "
            + "seeds. Dashes: the mean of the rows without attention there. Rows differ at several blocks at once, so "
            + "a dot above its dash need not be this block's doing unless every placement was tried."
    }
}
