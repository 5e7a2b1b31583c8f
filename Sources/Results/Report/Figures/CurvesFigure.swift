import Experiments

/// How the rows learned: one small panel a row, all on the same scales, the reference in each.
enum CurvesFigure {
    /// More panels than this are no picture any more.
    static let mostPanels = 24
    private static let columns = 3
    private static let panelHeight = 96.0
    private static let rowHeight = 148.0

    static func all(_ report: Report) -> [Figure] {
        let metric = report.summary.metric
        return [
            draw(
                report, "learning", "Learning curves: validation \(metric.name)", \.validation,
                axis: metric.name + (metric.isShare ? ", %" : ""), isShare: metric.isShare),
            draw(
                report, "training-loss", "Learning curves: training loss", \.trainingLoss, axis: "loss", isShare: false),
        ].compactMap { $0 }
    }

    private static func draw(
        _ report: Report, _ name: String, _ title: String,
        _ values: KeyPath<LearningCurves.Seed, [LearningCurves.Value]>,
        axis: String, isShare: Bool
    ) -> Figure? {
        let known = report.curves.filter { row in row.seeds.contains { !$0[keyPath: values].isEmpty } }
        let all = known.flatMap { $0.seeds.flatMap { $0[keyPath: values] } }.filter(\.value.isFinite)
        // One epoch is no curve.
        guard Set(all.map(\.epoch)).count > 1 else { return nil }
        let shown = chosen(known, report.summary)
        let reference = known.first(where: \.isReference)?.spread(values) ?? []
        let labels = report.summary.labels
        let lines = (shown.count + columns - 1) / columns
        var canvas = Canvas(height: Double(lines) * rowHeight + 24)
        canvas.text(axis, at: Point(x: 6, y: 12), .tick)
        for (index, curves) in shown.enumerated() {
            let corner = Point(
                x: 40 + Double(index % columns) * 146, y: Double(index / columns) * rowHeight + 40)
            let plot = PlotArea(
                x: all.map { Double($0.epoch) }, y: all.map(\.value), corner: corner, width: 136, height: panelHeight,
                xTicks: 3, yTicks: 4)
            plot.drawRows(&canvas, hasNumbers: index % columns == 0) { $0.text($1, isShare: isShare) }
            drawEpochs(all.map(\.epoch), plot, &canvas)
            canvas.text(
                Canvas.cut(labels[curves.row], to: 134), at: Point(x: corner.x, y: corner.y - 8),
                curves.isReference ? .strong : .label, tip: curves.row)
            drawPanel(curves, values, curves.isReference ? [] : reference, plot, &canvas)
        }
        canvas.text("epoch", at: Point(x: Canvas.width - 14, y: canvas.height - 6), .tick, anchor: .end)
        return Figure(
            name, title: title, caption: caption(report, known, shown, values) + report.summary.labelWords,
            data: data(known, values, isShare ? .percent(2) : .fixed(4)), canvas)
    }

    /// One line for each row and epoch: what the band and its middle show.
    private static func data(
        _ known: [LearningCurves], _ values: KeyPath<LearningCurves.Seed, [LearningCurves.Value]>,
        _ format: NumberFormat
    ) -> Table {
        let columns =
            [Table.Column("row"), Table.Column("epoch", alignment: .right)]
            + ["mean", "lowest", "highest"].map { Table.Column($0, alignment: .decimal, format: format) }
            + [Table.Column("seeds", alignment: .right)]
        return Table(
            columns: columns,
            rows: known.flatMap { curves in
                curves.spread(values).map { spread in
                    [
                        .text(curves.row), .integer(spread.epoch), .number(spread.mean), .number(spread.low),
                        .number(spread.high), .integer(spread.seeds),
                    ]
                }
            })
    }

    /// All rows, or of many the reference and those with the best means.
    private static func chosen(_ known: [LearningCurves], _ summary: Summary) -> [LearningCurves] {
        guard known.count > mostPanels else { return known }
        let sign = summary.metric.higherIsBetter ? 1.0 : -1
        let means = Dictionary(
            summary.rows.map { ($0.name, $0.mean.map { $0 * sign } ?? -.infinity) }, uniquingKeysWith: { $1 })
        let best = known.filter { !$0.isReference }.sorted { means[$0.row, default: 0] > means[$1.row, default: 0] }
        let names = Set((known.filter(\.isReference) + best).prefix(mostPanels).map(\.row))
        return known.filter { names.contains($0.row) }
    }

    private static func drawEpochs(_ epochs: [Int], _ plot: PlotArea, _ canvas: inout Canvas) {
        guard let first = epochs.min(), let last = epochs.max() else { return }
        for epoch in first == last ? [first] : [first, last] {
            let x = plot.x(Double(epoch))
            canvas.text("\(epoch)", at: Point(x: x, y: plot.y.start + 15), .tick, anchor: .middle)
        }
    }

    private static func drawPanel(
        _ curves: LearningCurves, _ values: KeyPath<LearningCurves.Seed, [LearningCurves.Value]>,
        _ reference: [LearningCurves.Spread], _ plot: PlotArea, _ canvas: inout Canvas
    ) {
        let spread = curves.spread(values)
        let upper = spread.map { plot.point(Double($0.epoch), $0.high) }
        let lower = spread.reversed().map { plot.point(Double($0.epoch), $0.low) }
        canvas.path(upper + lower, isClosed: true, .band, tip: "\(curves.row): lowest to highest seed")
        canvas.path(reference.map { plot.point(Double($0.epoch), $0.mean) }, .referenceCurve)
        canvas.path(spread.map { plot.point(Double($0.epoch), $0.mean) }, .curve, tip: "\(curves.row): mean")
        if spread.count <= 12 {
            for epoch in spread {
                canvas.circle(
                    plot.point(Double(epoch.epoch), epoch.mean), radius: 2.5, .dot,
                    tip: "\(curves.row), epoch \(epoch.epoch): mean of \(counted(epoch.seeds, "seed"))")
            }
        }
        for seed in curves.seeds where seed.state == .diverged {
            let points = seed[keyPath: values].map { plot.point(Double($0.epoch), $0.value) }
            canvas.path(points, .lost)
            if let end = points.last {
                canvas.cross(end, radius: 4, .lost, tip: "\(curves.row), seed \(seed.seed) diverged after this epoch")
            }
        }
    }

    private static func caption(
        _ report: Report, _ known: [LearningCurves], _ shown: [LearningCurves],
        _ values: KeyPath<LearningCurves.Seed, [LearningCurves.Value]>
    ) -> String {
        var caption = "After each epoch: the mean over seeds and the band from the lowest to the highest seed."
        if known.contains(where: \.isReference) { caption += " Dashed: the mean of \(report.summary.reference)." }
        if known.contains(where: { $0.seeds.contains { $0.state == .diverged && !$0[keyPath: values].isEmpty } }) {
            caption += " A cross ends the curve of a seed that diverged; it is in no mean and no band."
        }
        let running = known.contains { $0.seeds.contains { $0.state != .diverged && $0.state != .done } }
        if running { caption += " Seeds that have not finished are in it as far as they came." }
        if shown.count < known.count {
            caption += " \(shown.count) of \(known.count) rows: the reference and those with the best means."
        }
        return caption
    }
}
