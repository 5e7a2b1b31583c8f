/// Every layout as a line of coloured blocks, stages one below the other: where attention sits.
enum LayoutsFigure {
    private static let gap = 12.0
    private static let lineHeight = 28.0
    private static let top = 26.0
    private static let legendLine = 20.0

    static func draw(_ report: Report) -> Figure? {
        let rows = report.pictures
        guard !rows.isEmpty else { return nil }
        let depths = LayoutText.depths(rows.map(\.picture))
        let labels = report.summary.labels
        let names = rows.map {
            Canvas.width(of: VisibleText.singleLine(labels[$0.row.name])) * ($0.row.isReference ? 1.1 : 1)
        }
        let left = min(150, max(40, names.max() ?? 0)) + 20
        let blocks = Double(depths.reduce(0, +))
        let gaps = gap * Double(max(0, depths.count - 1))
        let size = min(22, (Canvas.width - 8 - left - gaps) / max(1, blocks))
        let legend = legendPlaces(LayoutPicture.legend(rows.map(\.picture)))
        let floor = top + Double(rows.count) * lineHeight
        var canvas = Canvas(height: floor + 14 + legendLine * Double((legend.map(\.line).max() ?? 0) + 1))
        drawStages(depths, left, size, &canvas)
        for (index, row) in rows.enumerated() {
            let y = top + (Double(index) + 0.5) * lineHeight
            let name = Canvas.cut(labels[row.row.name], to: left - 20)
            canvas.text(
                name, at: Point(x: left - 14, y: y + 4), row.row.isReference ? .strong : .label, anchor: .end,
                tip: row.row.name)
            drawBlocks(row.picture, depths, Point(x: left, y: y - size / 2), size, &canvas)
        }
        for entry in legend {
            let corner = Point(x: entry.x, y: floor + 14 + legendLine * Double(entry.line))
            drawBlock(entry.cell, corner, 14, &canvas)
            canvas.text(entry.cell.name, at: Point(x: corner.x + 20, y: corner.y + 11), .tick)
        }
        return Figure(
            "layouts", title: "Layouts",
            caption: "The blocks of each row from the stem (left) to the head (right), stage by stage"
                + (rows.count < report.summary.rows.count ? "; layouts that this program can't read are left out" : "")
                + "." + report.summary.labelWords,
            data: Table(
                columns: [Table.Column("row"), Table.Column("layout")],
                rows: rows.map { [.text($0.row.name), .text($0.row.layout)] }),
            canvas)
    }

    private static func drawStages(_ depths: [Int], _ left: Double, _ size: Double, _ canvas: inout Canvas) {
        var x = left
        for (index, depth) in depths.enumerated() {
            let width = Double(depth) * size
            let words = width >= 48 ? "stage \(index + 1)" : "\(index + 1)"
            canvas.text(words, at: Point(x: x + width / 2, y: 16), .tick, anchor: .middle)
            x += width + gap
        }
    }

    private static func drawBlocks(
        _ picture: LayoutPicture, _ depths: [Int], _ corner: Point, _ size: Double, _ canvas: inout Canvas
    ) {
        var x = corner.x
        for (stage, cells) in picture.stages.enumerated() {
            for (place, cell) in cells.enumerated() {
                drawBlock(
                    cell, Point(x: x + Double(place) * size, y: corner.y), size, &canvas,
                    tip: "stage \(stage + 1), block \(place + 1): \(cell.name)")
            }
            x += Double(depths[stage]) * size + gap
        }
    }

    /// One block with its letter where there is room for it.
    static func drawBlock(
        _ cell: LayoutPicture.Cell, _ corner: Point, _ size: Double, _ canvas: inout Canvas, tip: String? = nil
    ) {
        let side = size - (size > 8 ? 2 : 0.5)
        canvas.rectangle(corner, width: side, height: side, radius: min(3, side / 5), ink(cell.kind), tip: tip)
        if size >= 12 {
            let ink: Ink = cell.kind == .attention ? .attentionLetter : cell.kind == .control ? .label : .letter
            canvas.text(
                cell.letter, at: Point(x: corner.x + side / 2, y: corner.y + side / 2 + 4), ink, anchor: .middle,
                tip: tip)
        }
        if cell.hasOptions {
            canvas.circle(Point(x: corner.x + side - 3, y: corner.y + 3), radius: 1.5, .options)
        }
    }

    static func ink(_ kind: LayoutPicture.Kind) -> Ink {
        switch kind {
        case .conv: .conv
        case .mamba: .mamba
        case .attention: .attention
        case .control: .control
        case .other: .other
        case .another: .another
        }
    }

    /// Where each entry stands, in lines that fit the sheet.
    private static func legendPlaces(
        _ cells: [LayoutPicture.Cell]
    ) -> [(cell: LayoutPicture.Cell, x: Double, line: Int)] {
        var places: [(cell: LayoutPicture.Cell, x: Double, line: Int)] = []
        var (x, line) = (10.0, 0)
        for cell in cells {
            let width = 40 + Canvas.width(of: cell.name, size: 11)
            if x + width > Canvas.width, x > 10 { (x, line) = (10, line + 1) }
            places.append((cell, x, line))
            x += width
        }
        return places
    }
}

extension LayoutsFigure {
    /// One layout as a line of small blocks, for a table.
    static func thumbnail(_ picture: LayoutPicture) -> Markup {
        let (size, gap) = (11.0, 5.0)
        var canvas = Canvas(height: 14)
        var x = 0.0
        for (stage, cells) in picture.stages.enumerated() {
            for (place, cell) in cells.enumerated() {
                canvas.rectangle(
                    Point(x: x, y: 2), width: size - 1.5, height: 10, radius: 2, ink(cell.kind),
                    tip: "stage \(stage + 1), block \(place + 1): \(cell.name)")
                x += size
            }
            x += gap
        }
        return .element(
            "svg", ["viewBox": "0 0 \(Int(max(1, x - gap))) 14", "aria-hidden": "true"], canvas.marks)
    }
}
