import Foundation

/// A place on the paper, in pixels from the upper left corner.
struct Point: Hashable {
    var x, y: Double
}

/// A sheet on which a figure's marks are put, one after the other.
struct Canvas {
    enum Anchor: String { case start, middle, end }

    /// All figures are as wide, so that words are of one size in all, and readable on a telephone.
    static let width = 480.0

    var width = Canvas.width
    var height: Double
    private(set) var marks: [Markup] = []

    init(height: Double) {
        self.height = height
    }

    mutating func text(
        _ text: String, at point: Point, _ ink: Ink = .label, anchor: Anchor = .start, tip: String? = nil
    ) {
        let shown = VisibleText.isolated(VisibleText.singleLine(text))
        add(
            "text",
            [("x", of(point.x)), ("y", of(point.y))] + (anchor == .start ? [] : [("text-anchor", anchor.rawValue)]),
            ink, tip, [.text(shown)])
    }

    mutating func line(from start: Point, to end: Point, _ ink: Ink, tip: String? = nil) {
        add("line", [("x1", of(start.x)), ("y1", of(start.y)), ("x2", of(end.x)), ("y2", of(end.y))], ink, tip)
    }

    mutating func circle(_ center: Point, radius: Double, _ ink: Ink, tip: String? = nil) {
        add("circle", [("cx", of(center.x)), ("cy", of(center.y)), ("r", of(radius))], ink, tip)
    }

    mutating func rectangle(
        _ corner: Point, width: Double, height: Double, radius: Double = 0, _ ink: Ink, tip: String? = nil
    ) {
        let sizes = [("x", of(corner.x)), ("y", of(corner.y)), ("width", of(width)), ("height", of(height))]
        add("rect", sizes + (radius > 0 ? [("rx", of(radius))] : []), ink, tip)
    }

    /// Straight lines through all points; nothing of fewer than two.
    mutating func path(_ points: [Point], isClosed: Bool = false, _ ink: Ink, tip: String? = nil) {
        guard points.count > 1 else { return }
        let steps = points.enumerated().map { "\($0 == 0 ? "M" : "L")\(of($1.x)) \(of($1.y))" }
        add("path", [("d", steps.joined() + (isClosed ? "Z" : ""))], ink, tip)
    }

    /// A cross: something that ended badly.
    mutating func cross(_ center: Point, radius: Double, _ ink: Ink, tip: String? = nil) {
        let (x, y, r) = (center.x, center.y, radius)
        let corners = [(x - r, y - r), (x + r, y + r), (x - r, y + r), (x + r, y - r)].map { "\(of($0.0)) \(of($0.1))" }
        add("path", [("d", "M\(corners[0])L\(corners[1])M\(corners[2])L\(corners[3])")], ink, tip)
    }

    private mutating func add(
        _ name: String, _ attributes: [(String, String)], _ ink: Ink, _ tip: String?, _ children: [Markup] = []
    ) {
        let title = tip.map { Markup.element("title", text: VisibleText.singleLine($0)) }
        marks.append(
            .element(
                name, attributes.map { (name: $0.0, value: $0.1) } + [(name: "class", value: ink.className)],
                (title.map { [$0] } ?? []) + children))
    }

    /// A hundredth of a pixel is finer than any printer.
    private func of(_ length: Double) -> String {
        let text = NumberFormat.fixed(length, 2)
        guard text.contains(".") else { return text }
        var shortened = Substring(text)
        while shortened.last == "0" { shortened = shortened.dropLast() }
        if shortened.last == "." { shortened = shortened.dropLast() }
        return String(shortened)
    }

    /// About how wide a text is: the average of the usual sans-serif faces.
    static func width(of text: String, size: Double = 12) -> Double {
        Double(VisibleText.width(text)) * size * 0.6
    }

    /// The text, cut so that it takes about this much room.
    static func cut(_ text: String, to width: Double, size: Double = 12) -> String {
        VisibleText.cut(VisibleText.singleLine(text), to: max(2, Int(width / (size * 0.6))))
    }
}
