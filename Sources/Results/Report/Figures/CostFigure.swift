/// The metric against what a network costs, with the rows that no other beats in both.
enum CostFigure {
    enum Axis: CaseIterable {
        case parameters, multiplyAccumulates, trainingThroughput, inferenceThroughput

        var name: String {
            switch self {
            case .parameters: "parameters"
            case .multiplyAccumulates: "macs"
            case .trainingThroughput: "training-speed"
            case .inferenceThroughput: "inference-speed"
            }
        }

        var title: String {
            switch self {
            case .parameters: "parameters"
            case .multiplyAccumulates: "multiply–accumulates of one image"
            case .trainingThroughput: "training speed, images/s"
            case .inferenceThroughput: "inference speed, images/s"
            }
        }

        var heading: String {
            switch self {
            case .parameters: "Against parameters"
            case .multiplyAccumulates: "Against multiply–accumulates"
            case .trainingThroughput: "Against training speed"
            case .inferenceThroughput: "Against inference speed"
            }
        }

        /// Whether less is better.
        var isCost: Bool { self == .parameters || self == .multiplyAccumulates }

        func value(_ size: NetworkSize) -> Double? {
            switch self {
            case .parameters: Double(size.parameters)
            case .multiplyAccumulates: Double(size.multiplyAccumulates)
            // A build that is not optimised records no speed.
            case .trainingThroughput: size.trainingThroughput.flatMap { $0 > 0 ? $0 : nil }
            case .inferenceThroughput: size.inferenceThroughput.flatMap { $0 > 0 ? $0 : nil }
            }
        }
    }

    /// One row that has a result and a size.
    struct Entry {
        var row: SummaryRow
        var cost, mean: Double
        var isOnFront: Bool
    }

    static func all(_ summary: Summary) -> [Figure] {
        Axis.allCases.compactMap { draw(summary, $0) }
    }

    /// Nothing where all rows cost the same.
    private static func draw(_ summary: Summary, _ axis: Axis) -> Figure? {
        let entries = entries(summary, axis)
        guard Set(entries.map(\.cost)).count > 1 else { return nil }
        let metric = summary.metric
        let bounds = entries.compactMap(\.row.meanInterval).flatMap { [$0.lowerBound, $0.upperBound] }
        var canvas = Canvas(height: 292)
        let plot = PlotArea(
            x: entries.map(\.cost), y: entries.map(\.mean) + bounds, corner: Point(x: 46, y: 24), width: 420,
            height: 222)
        canvas.text(metric.title, at: Point(x: 6, y: 12), .tick)
        plot.drawRows(&canvas) { $0.text($1, isShare: metric.isShare) }
        plot.drawColumns(&canvas) { NumberFormat.count.text($1) }
        canvas.text(axis.title, at: Point(x: 466, y: 286), .tick, anchor: .end)
        drawFront(entries, axis, plot, &canvas)
        for entry in entries { drawPoint(entry, axis, metric, plot, &canvas) }
        drawNames(entries, plot, &canvas)
        return Figure(
            axis.name, title: axis.heading, caption: caption(entries), canvas)
    }

    /// The rows with a mean and a cost; those on the front are beaten by no other row in both.
    static func entries(_ summary: Summary, _ axis: Axis) -> [Entry] {
        let known = summary.rows.compactMap { row -> Entry? in
            guard let mean = row.mean, let cost = row.size.flatMap(axis.value) else { return nil }
            return Entry(row: row, cost: cost, mean: mean, isOnFront: false)
        }
        let costSign = axis.isCost ? 1.0 : -1
        let gainSign = summary.metric.higherIsBetter ? 1.0 : -1
        return known.map { entry in
            let isBeaten = known.contains { other in
                let (cost, gain) = (costSign * (entry.cost - other.cost), gainSign * (other.mean - entry.mean))
                return cost >= 0 && gain >= 0 && (cost > 0 || gain > 0)
            }
            var entry = entry
            entry.isOnFront = !isBeaten
            return entry
        }
    }

    /// Steps from one row of the front to the next: between them nothing better is known.
    private static func drawFront(_ entries: [Entry], _ axis: Axis, _ plot: PlotArea, _ canvas: inout Canvas) {
        let front = entries.filter(\.isOnFront).sorted { $0.cost < $1.cost }
        var points: [Point] = []
        for entry in front {
            let place = plot.point(entry.cost, entry.mean)
            if let last = points.last {
                // The next row's gain begins only at its own cost: for speeds, where more is better, the other way round.
                points.append(axis.isCost ? Point(x: place.x, y: last.y) : Point(x: last.x, y: place.y))
            }
            points.append(place)
        }
        canvas.path(points, .front)
    }

    private static func drawPoint(
        _ entry: Entry, _ axis: Axis, _ metric: SummaryMetric, _ plot: PlotArea, _ canvas: inout Canvas
    ) {
        let tip =
            "\(entry.row.name): \(metric.valueWords(entry.mean)), \(NumberFormat.count.text(entry.cost)) \(axis.title)"
        if let interval = entry.row.meanInterval {
            let ends = [interval.lowerBound, interval.upperBound].map { plot.point(entry.cost, $0) }
            canvas.path(ends, .whisker)
        }
        canvas.circle(plot.point(entry.cost, entry.mean), radius: 5, entry.isOnFront ? .dot : .hollow, tip: tip)
    }

    /// Names of the front first: they are the ones to be read.
    private static func drawNames(_ entries: [Entry], _ plot: PlotArea, _ canvas: inout Canvas) {
        var placing = LabelPlacing(
            points: entries.map { plot.point($0.cost, $0.mean) }, radius: 6, width: Canvas.width, height: 246)
        let order = entries.filter(\.isOnFront) + entries.filter { !$0.isOnFront }
        for entry in order {
            let name = Canvas.cut(entry.row.name, to: 150, size: 11)
            guard let place = placing.place(name, beside: plot.point(entry.cost, entry.mean)) else { continue }
            canvas.text(name, at: place.at, entry.isOnFront ? .name : .tick, anchor: place.anchor, tip: entry.row.name)
        }
    }

    private static func caption(_ entries: [Entry]) -> String {
        "Full dots: the Pareto front (\(entries.filter(\.isOnFront).map(\.row.name).joined(separator: ", ")))."
    }

    /// What the figures have in common, and what is the same in all rows and so has none.
    static func explanation(_ summary: Summary) -> String {
        let equal = Axis.allCases.filter { axis in
            let costs = entries(summary, axis).map(\.cost)
            return costs.count > 1 && Set(costs).count == 1
        }
        var words =
            "Means over seeds with their 95 % t intervals. On the Pareto front are the rows that no other row beats: none "
            + "has as good a mean for less. Means alone decide it, so a row whose bar reaches another's may change places. "
            + "Speeds are medians on the machine that ran the trials."
        if !equal.isEmpty {
            words += " Equal in all rows: " + equal.map(\.title).joined(separator: ", ") + "."
        }
        return words
    }
}
