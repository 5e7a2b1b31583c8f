/// The frame of a chart with two scales: ticks below and on the left, axis titles, a grid.
struct PlotArea {
    let x, y: LinearScale
    private let left, right, top, floor: Double

    /// - Parameters:
    ///   - values: what must be seen.
    ///   - corner: the upper left corner of the frame, without the ticks' numbers.
    init(
        x xValues: [Double], y yValues: [Double], corner: Point, width: Double, height: Double, xTicks: Int = 5,
        yTicks: Int = 5, yLimits: ClosedRange<Double>? = nil
    ) {
        (left, right, top, floor) = (corner.x, corner.x + width, corner.y, corner.y + height)
        x = LinearScale(xValues, from: left, to: right, ticks: xTicks)
        y = LinearScale(yValues, from: floor, to: top, ticks: yTicks, limits: yLimits)
    }

    func point(_ xValue: Double, _ yValue: Double) -> Point { Point(x: x(xValue), y: y(yValue)) }

    /// A vertical line over an interval, as far as the frame goes.
    func drawWhisker(_ x: Double, _ range: ClosedRange<Double>, _ canvas: inout Canvas) {
        let shown = range.clamped(to: y.domain)
        canvas.path([point(x, shown.lowerBound), point(x, shown.upperBound)], .whisker)
    }

    /// Horizontal lines with numbers on their left, where they are wanted, and the frame's floor.
    func drawRows(_ canvas: inout Canvas, hasNumbers: Bool = true, tick: (LinearScale, Double) -> String) {
        for value in y.ticks {
            canvas.line(from: Point(x: left, y: y(value)), to: Point(x: right, y: y(value)), .grid)
            if hasNumbers {
                canvas.text(tick(y, value), at: Point(x: left - 6, y: y(value) + 4), .tick, anchor: .end)
            }
        }
        canvas.line(from: Point(x: left, y: floor), to: Point(x: right, y: floor), .axis)
    }

    /// Marks and numbers below the floor.
    func drawColumns(_ canvas: inout Canvas, tick: (LinearScale, Double) -> String) {
        for value in x.ticks {
            canvas.line(from: Point(x: x(value), y: floor), to: Point(x: x(value), y: floor + 4), .axis)
            canvas.text(tick(x, value), at: Point(x: x(value), y: floor + 17), .tick, anchor: .middle)
        }
    }
}
