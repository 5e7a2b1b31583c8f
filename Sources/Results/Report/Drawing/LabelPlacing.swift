/// Puts names beside points so that nothing covers anything: the first free side of each point, in the order given; a
/// name without a free side is left to its tooltip.
struct LabelPlacing {
    private struct Box {
        var left, top, right, bottom: Double

        func overlaps(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    private var taken: [Box]
    private let sheet: Box
    private let height = 13.0

    init(points: [Point], radius: Double, width: Double, height: Double) {
        taken = points.map { Box(left: $0.x - radius, top: $0.y - radius, right: $0.x + radius, bottom: $0.y + radius) }
        sheet = Box(left: 0, top: 0, right: width, bottom: height)
    }

    /// Where the text's baseline begins or ends; nil where there is no room.
    mutating func place(_ text: String, beside point: Point) -> (at: Point, anchor: Canvas.Anchor)? {
        let width = Canvas.width(of: text, size: 11)
        let sides: [(Double, Double, Canvas.Anchor)] = [
            (7, -9, .start), (-7, -9, .end), (7, 9, .start), (-7, 9, .end), (8, 0, .start), (-8, 0, .end),
            (0, -13, .middle), (0, 13, .middle),
        ]
        for (x, y, anchor) in sides {
            let left: Double =
                switch anchor {
                case .start: point.x + x
                case .end: point.x + x - width
                case .middle: point.x - width / 2
                }
            let middle = point.y + y
            let box = Box(left: left, top: middle - height / 2, right: left + width, bottom: middle + height / 2)
            let isInside = box.left >= 0 && box.right <= sheet.right && box.top >= 0 && box.bottom <= sheet.bottom
            guard isInside, !taken.contains(where: box.overlaps) else { continue }
            taken.append(box)
            return (Point(x: point.x + x, y: middle + 4), anchor)
        }
        return nil
    }
}
