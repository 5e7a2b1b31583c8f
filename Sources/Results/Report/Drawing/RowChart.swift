/// The frame of charts with a line for each row: names on the left, values along a horizontal scale.
struct RowChart {
    struct Line {
        /// What is written, and what it stands for.
        var label: String
        var name: String
        var isStrong = false

        init(_ label: String, name: String? = nil, isStrong: Bool = false) {
            self.label = label
            self.name = name ?? label
            self.isStrong = isStrong
        }
    }

    static let lineHeight = 30.0
    private static let top = 8.0
    /// Room below for the ticks' numbers and the axis title.
    private static let bottom = 40.0

    let lines: [Line]
    let scale: LinearScale
    private(set) var canvas: Canvas
    private let left: Double

    /// - Parameters:
    ///   - title: what the axis measures.
    ///   - limits: values beyond which there can be none: the scale ends there, and intervals end in arrows.
    ///   - tick: a tick's value in words.
    init(
        _ lines: [Line], values: [Double], title: String, nameWidth: Double = 170, rightMargin: Double = 14,
        includesZero: Bool = false, limits: ClosedRange<Double>? = nil, tick: (LinearScale, Double) -> String
    ) {
        self.lines = lines
        let names = lines.map { Canvas.width(of: VisibleText.singleLine($0.label)) * ($0.isStrong ? 1.1 : 1) }
        left = min(nameWidth, max(40, names.max() ?? 0)) + 14
        scale = LinearScale(
            values, from: left, to: Canvas.width - rightMargin, includesZero: includesZero, limits: limits)
        canvas = Canvas(height: RowChart.top + Double(lines.count) * RowChart.lineHeight + RowChart.bottom)
        drawFrame(title, tick)
    }

    private mutating func drawFrame(_ title: String, _ tick: (LinearScale, Double) -> String) {
        let floor = RowChart.top + Double(lines.count) * RowChart.lineHeight
        for value in scale.ticks {
            let x = scale(value)
            canvas.line(from: Point(x: x, y: RowChart.top), to: Point(x: x, y: floor), .grid)
            canvas.text(tick(scale, value), at: Point(x: x, y: floor + 15), .tick, anchor: .middle)
        }
        canvas.line(from: Point(x: scale.start, y: floor), to: Point(x: scale.end, y: floor), .axis)
        canvas.text(title, at: Point(x: scale.end, y: floor + 33), .tick, anchor: .end)
        for (index, line) in lines.enumerated() {
            let name = Canvas.cut(line.label, to: left - 14)
            let tip = name == VisibleText.singleLine(line.name) ? nil : line.name
            canvas.text(
                name, at: Point(x: left - 12, y: y(index) + 4), line.isStrong ? .strong : .label, anchor: .end, tip: tip
            )
        }
    }

    /// The middle of a line.
    func y(_ line: Int) -> Double {
        RowChart.top + (Double(line) + 0.5) * RowChart.lineHeight
    }

    func point(_ value: Double, line: Int, shift: Double = 0) -> Point {
        Point(x: scale(value), y: y(line) + shift)
    }

    /// A line through all rows at one value.
    mutating func rule(_ value: Double, _ ink: Ink, tip: String? = nil) {
        let bottom = RowChart.top + Double(lines.count) * RowChart.lineHeight
        canvas.line(from: Point(x: scale(value), y: RowChart.top), to: Point(x: scale(value), y: bottom), ink, tip: tip)
    }

    /// Draws on the chart's sheet.
    mutating func draw(_ marks: (inout Canvas) -> Void) {
        marks(&canvas)
    }

    /// Above a line's middle stand the mean and its interval, below it the seeds, so that none covers another.
    static let meanShift = -4.0
    static let seedShift = 7.0

    /// An interval with its ends marked: by a stroke, or by an arrow where it goes on beyond the scale.
    mutating func interval(_ range: ClosedRange<Double>, line: Int, tip: String) {
        let shown = range.clamped(to: scale.domain)
        let ends = [shown.lowerBound, shown.upperBound].map { point($0, line: line, shift: RowChart.meanShift) }
        canvas.path(ends, .interval, tip: tip)
        for (end, (isCut, side)) in zip(
            ends, [(shown.lowerBound > range.lowerBound, 5.0), (shown.upperBound < range.upperBound, -5)])
        {
            let tail = end.x + (isCut ? side : 0)
            canvas.path(
                [Point(x: tail, y: end.y - 4), end, Point(x: tail, y: end.y + 4)], .interval)
        }
    }
}
