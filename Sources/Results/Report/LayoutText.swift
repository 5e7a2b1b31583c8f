/// Layouts as lines of blocks for a terminal: the report's picture in letters, coloured where the terminal can.
public enum LayoutText {
    /// One line a layout, stages one below the other, and a legend.
    ///
    /// - Parameter pictures: with the names that stand before them; no name for a single layout.
    public static func render(_ pictures: [(name: String?, picture: LayoutPicture)], style: TextStyle) -> String {
        let names = pictures.map { VisibleText.singleLine($0.name ?? "") }
        let longest = min(30, names.map(VisibleText.width).max() ?? 0)
        let indent = longest == 0 ? 0 : longest + 2
        let depths = LayoutText.depths(pictures.map(\.picture))
        let cell = cellWidth(depths, room: (style.width ?? 80) - indent)
        let lines = zip(names, pictures).map { name, picture in
            let shown = VisibleText.cut(name, to: longest)
            let space = String(repeating: " ", count: max(0, indent - VisibleText.width(shown)))
            return VisibleText.isolated(shown) + space + line(picture.picture, depths, cell, style.usesColor)
        }
        let legend = LayoutPicture.legend(pictures.map(\.picture)).map { "\($0.letter) \($0.name)" }
        let words = VisibleText.wrap(legend.joined(separator: ", "), to: style.width ?? 80)
        return (lines + words).map { $0 + "\n" }.joined()
    }

    /// The most blocks that any layout has in each stage.
    static func depths(_ pictures: [LayoutPicture]) -> [Int] {
        let stages = pictures.map(\.stages.count).max() ?? 0
        return (0..<stages).map { stage in
            pictures.map { stage < $0.stages.count ? $0.stages[stage].count : 0 }.max() ?? 0
        }
    }

    /// Three columns a block, fewer where the terminal is narrow.
    private static func cellWidth(_ depths: [Int], room: Int) -> Int {
        let blocks = depths.reduce(0, +)
        let gaps = 3 * max(0, depths.count - 1)
        return [3, 2, 1].first { blocks * $0 + gaps <= room } ?? 1
    }

    private static func line(_ picture: LayoutPicture, _ depths: [Int], _ cell: Int, _ usesColor: Bool) -> String {
        let stages = zip(picture.stages, depths).map { cells, depth in
            cells.map { block($0, cell, usesColor) }.joined()
                + String(repeating: " ", count: (depth - cells.count) * cell)
        }
        var line = Substring(stages.joined(separator: " │ "))
        while line.last == " " { line = line.dropLast() }
        return String(line)
    }

    private static func block(_ cell: LayoutPicture.Cell, _ width: Int, _ usesColor: Bool) -> String {
        let text = [1: cell.letter, 2: cell.letter + " "][width] ?? " \(cell.letter) "
        return usesColor ? "\u{1b}[\(color(cell.kind))m\(text)\u{1b}[0m" : text
    }

    /// Foreground and background among the 256 colours, next to those of the report.
    private static func color(_ kind: LayoutPicture.Kind) -> String {
        switch kind {
        case .conv: "38;5;232;48;5;252"
        case .mamba: "38;5;232;48;5;117"
        case .attention: "1;38;5;231;48;5;130"
        case .control: "7"
        case .other: "38;5;232;48;5;151"
        case .another: "38;5;232;48;5;183"
        }
    }
}
