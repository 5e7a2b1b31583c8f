/// The metric against what a network costs, with the rows that no other beats in both: the summary's fronts.
enum CostFigure {
    static func all(_ summary: Summary, _ fronts: [CostFront]) -> [Figure] {
        fronts.compactMap { draw(summary, $0) }
    }

    /// Nothing where all rows cost the same.
    private static func draw(_ summary: Summary, _ front: CostFront) -> Figure? {
        let points = front.standings
        guard Set(points.map(\.measured)).count > 1 else { return nil }
        let metric = summary.metric
        let intervals = Dictionary(
            summary.rows.map { ($0.name, $0.meanInterval) }, uniquingKeysWith: { first, _ in first })
        let bounds = points.compactMap { intervals[$0.row] ?? nil }.flatMap { [$0.lowerBound, $0.upperBound] }
        var canvas = Canvas(height: 292)
        let plot = PlotArea(
            x: points.map(\.measured), y: points.map(\.mean) + bounds, corner: Point(x: 46, y: 24), width: 420,
            height: 222, yLimits: metric.limits)
        canvas.text(metric.title, at: Point(x: 6, y: 12), .tick)
        plot.drawRows(&canvas) { $0.text($1, isShare: metric.isShare) }
        plot.drawColumns(&canvas) { NumberFormat.count.text($1) }
        canvas.text(front.cost.axisTitle, at: Point(x: 466, y: 286), .tick, anchor: .end)
        drawFront(points, plot, &canvas)
        for point in points { drawPoint(point, intervals[point.row] ?? nil, front.cost, metric, plot, &canvas) }
        drawNames(points, summary.labels, plot, &canvas)
        return Figure(
            front.cost.figureName, title: "Against \(front.cost.words)", caption: caption(points) + summary.labelWords,
            data: data(front, intervals, metric), canvas)
    }

    /// Steps from one row of the front to the next: between them nothing better is known.
    private static func drawFront(_ points: [CostFront.Standing], _ plot: PlotArea, _ canvas: inout Canvas) {
        var steps: [Point] = []
        // Cheapest first: the next row's gain begins only at its own cost.
        for point in points where point.isOnFront {
            let place = plot.point(point.measured, point.mean)
            if let last = steps.last { steps.append(Point(x: place.x, y: last.y)) }
            steps.append(place)
        }
        canvas.path(steps, .front)
    }

    private static func drawPoint(
        _ point: CostFront.Standing, _ interval: ClosedRange<Double>?, _ cost: CostFront.Cost, _ metric: SummaryMetric,
        _ plot: PlotArea, _ canvas: inout Canvas
    ) {
        let value = "\(metric.valueWords(point.mean)), \(NumberFormat.count.text(point.measured)) \(cost.unit)"
        if let interval { plot.drawWhisker(point.measured, interval, &canvas) }
        canvas.circle(
            plot.point(point.measured, point.mean), radius: 5,
            point.isOnFront ? .dot : point.isDecided ? .beaten : .hollow,
            tip: "\(point.row): \(value)" + (point.isOnFront ? "" : ", beaten by \(beating(point))"))
    }

    /// `last-half`, `last-half by the means alone`.
    private static func beating(_ point: CostFront.Standing) -> String {
        (point.dominatedBy ?? "") + (point.isDecided ? "" : " by the means alone")
    }

    /// Names of the front first: they are the ones to be read.
    private static func drawNames(
        _ points: [CostFront.Standing], _ labels: RowLabels, _ plot: PlotArea, _ canvas: inout Canvas
    ) {
        var placing = LabelPlacing(
            points: points.map { plot.point($0.measured, $0.mean) }, radius: 6, width: Canvas.width, height: 246)
        for point in points.filter(\.isOnFront) + points.filter({ !$0.isOnFront }) {
            let name = Canvas.cut(labels[point.row], to: 150, size: 11)
            guard let place = placing.place(name, beside: plot.point(point.measured, point.mean)) else { continue }
            canvas.text(name, at: place.at, point.isOnFront ? .name : .tick, anchor: place.anchor, tip: point.row)
        }
    }

    private static func caption(_ points: [CostFront.Standing]) -> String {
        let decided = points.filter { !$0.isOnFront && $0.isDecided }.map { "\($0.row) by \($0.dominatedBy ?? "")" }
        return "Full dots: the Pareto front (\(points.filter(\.isOnFront).map(\.row).joined(separator: ", ")))."
            + (decided.isEmpty ? "" : " Beaten and told apart: \(decided.joined(separator: ", ")).")
    }

    private static func data(
        _ front: CostFront, _ intervals: [String: ClosedRange<Double>?], _ metric: SummaryMetric
    ) -> Table {
        let columns = [
            Table.Column("row"),
            Table.Column(front.cost.rawValue, title: front.cost.title, alignment: .right, format: .count),
            metric.column("mean"), metric.intervalColumn(), Table.Column("on_front", title: "on the front"),
            Table.Column("dominated_by", title: "beaten by"), Table.Column("decided", title: "told apart"),
        ]
        return Table(
            columns: columns,
            rows: front.standings.map { point in
                [
                    .text(point.row), .number(point.measured), .number(point.mean),
                    .interval(intervals[point.row] ?? nil), Table.Cell(.flag(point.isOnFront)),
                    .text(point.dominatedBy),
                    point.isOnFront ? .empty : Table.Cell(.flag(point.isDecided)),
                ]
            })
    }

    /// What the figures have in common, and what is the same in all rows and so has none.
    static func explanation(_ fronts: [CostFront]) -> String {
        let equal = fronts.filter { Set($0.standings.map(\.measured)).count == 1 }
        var words =
            "Means over seeds with their 95 % t intervals. On the Pareto front are the rows that no other row beats: none "
            + "has as good a mean for less. A blue ring is beaten by the means alone, so the two may change places; a grey one "
            + "is told apart from the row that beats it, with Holm's correction over all pairs of rows. Speeds are medians on "
            + "the machine that ran the trials, and are taken as exact."
        if !equal.isEmpty {
            words += " Equal in all rows: " + equal.map(\.cost.words).joined(separator: ", ") + "."
        }
        return words
    }
}

extension CostFront.Cost {
    /// The figure's name on the command line.
    var figureName: String {
        switch self {
        case .parameters: "parameters"
        case .multiplyAccumulates: "macs"
        case .trainingTime: "training-speed"
        case .inferenceTime: "inference-speed"
        }
    }

    var words: String {
        switch self {
        case .parameters: "parameters"
        case .multiplyAccumulates: "multiply–accumulates"
        case .trainingTime: "training speed"
        case .inferenceTime: "inference speed"
        }
    }

    fileprivate var axisTitle: String {
        switch self {
        case .parameters: "parameters"
        case .multiplyAccumulates: "multiply–accumulates of one image"
        case .trainingTime, .inferenceTime: "\(words), images/s"
        }
    }

    fileprivate var unit: String { isTime ? "images/s" : words }
}
