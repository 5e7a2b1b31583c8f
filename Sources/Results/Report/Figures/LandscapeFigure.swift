import Experiments

/// What a block at a position is worth, over all placements of a sweep: the summary's landscapes.
enum LandscapeFigure {
    static func all(_ summary: Summary) -> [Figure] {
        summary.landscapes.enumerated().map { draw($1, index: $0) }
    }

    private static func draw(_ landscape: Landscape, index: Int) -> Figure {
        let (metric, positions) = (landscape.metric, landscape.positions)
        let ends = positions.compactMap { $0.effect.interval() }.flatMap { [$0.lowerBound, $0.upperBound] }
        var canvas = Canvas(height: 280)
        canvas.text(
            "difference of \(metric.split) \(metric.name)" + (metric.isShare ? ", points" : ""),
            at: Point(x: 6, y: 12), .tick)
        let plot = PlotArea(
            x: [-0.4, Double(max(1, positions.count - 1)) + 0.4], y: positions.compactMap(\.effect.mean) + ends + [0],
            corner: Point(x: 46, y: 24), width: 420, height: 200)
        plot.drawRows(&canvas) { $0.text($1, isShare: metric.isShare) }
        canvas.line(from: Point(x: 46, y: plot.y(0)), to: Point(x: 466, y: plot.y(0)), .zero)
        for (place, position) in positions.enumerated() { draw(position, plot, Double(place), metric, &canvas) }
        drawSets(positions, plot, &canvas)
        return Figure(
            index == 0 ? "landscape" : "landscape-\(index + 1)", title: "Landscape of \(landscape.name)",
            caption: caption(landscape), data: landscape.table().without("bar"), canvas)
    }

    private static func draw(
        _ position: Landscape.Position, _ plot: PlotArea, _ x: Double, _ metric: SummaryMetric, _ canvas: inout Canvas
    ) {
        if let interval = position.effect.interval() {
            canvas.path(
                [plot.point(x, interval.lowerBound), plot.point(x, interval.upperBound)], .interval,
                tip: "block \(position.place): 95 % interval \(metric.words(interval, isSigned: true))")
        }
        if let mean = position.effect.mean {
            canvas.circle(
                plot.point(x, mean), radius: 5, .dot,
                tip: "a block placed at \(position.place): \(metric.signedWords(mean)), "
                    + "\(metric.valueWords(position.with)) with it and \(metric.valueWords(position.without)) without")
        }
        canvas.text("\(position.place)", at: Point(x: plot.x(x), y: plot.y.start + 16), .tick, anchor: .middle)
    }

    /// Below the positions: of which set they are, where the layout has several.
    private static func drawSets(_ positions: [Landscape.Position], _ plot: PlotArea, _ canvas: inout Canvas) {
        let sets = positions.map(\.set)
        for set in Set(sets).sorted() {
            guard let first = sets.firstIndex(of: set), let last = sets.lastIndex(of: set) else { continue }
            let (left, right) = (plot.x(Double(first)) - 8, plot.x(Double(last)) + 8)
            canvas.path([Point(x: left, y: plot.y.start + 24), Point(x: right, y: plot.y.start + 24)], .axis)
            canvas.text(
                Set(sets).count == 1 ? "block of the stage, from 0" : "set \(set + 1), block from 0",
                at: Point(x: (left + right) / 2, y: plot.y.start + 40), .tick, anchor: .middle)
        }
    }

    private static func caption(_ landscape: Landscape) -> String {
        let when = landscape.epoch.map { " after epoch \($0), which all have reached" } ?? ""
        return
            "For each position: the mean \(landscape.metric.split) \(landscape.metric.name) of the placements with a block "
            + "there minus that of the others\(landscape.amongEquals)\(when), over \(counted(landscape.placements.count, "placement")) and "
            + "\(counted(landscape.seeds.count, "seed")). The bars are 95 % t intervals over seeds, not corrected for the number "
            + "of positions" + (landscape.seeds.count == 1 ? "; one seed has none." : ".")
    }
}

extension Table {
    /// The table without a column.
    func without(_ name: String) -> Table {
        let kept = columns.indices.filter { columns[$0].name != name }
        var table = self
        table.columns = kept.map { columns[$0] }
        table.rows = rows.map { row in kept.map { row[$0] } }
        return table
    }
}
