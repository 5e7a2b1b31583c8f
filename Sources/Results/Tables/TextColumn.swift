/// One column as text: its heading and cells, all of one width.
struct TextColumn {
    let index: Int
    let title: String
    let alignment: Table.Column.Alignment
    /// The cells' words, not yet filled up.
    let words: [String]
    let width: Int
    let cells: [String]
    let heading: String

    init(_ table: Table, _ index: Int) {
        let column = table.columns[index]
        let words = table.rows.map { VisibleText.singleLine(CellText.of($0[index], in: column)) }
        self.init(index, column.title, column.alignment, words, width: nil)
    }

    private init(
        _ index: Int, _ title: String, _ alignment: Table.Column.Alignment, _ words: [String], width limit: Int?
    ) {
        self.index = index
        self.title = title
        self.alignment = alignment
        self.words = words
        let aligned = alignment == .decimal ? TextColumn.alignPoints(words) : words
        let natural = max(VisibleText.width(title), aligned.map(VisibleText.width).max() ?? 0)
        let width = limit.map { min($0, natural) } ?? natural
        self.width = width
        func fill(_ text: String) -> String {
            let text = VisibleText.cut(text, to: width)
            let space = String(repeating: " ", count: max(0, width - VisibleText.width(text)))
            let shown = VisibleText.isolated(text)
            return alignment == .left ? shown + space : space + shown
        }
        cells = aligned.map(fill)
        heading = fill(title)
    }

    func cut(to width: Int) -> TextColumn {
        width < self.width ? TextColumn(index, title, alignment, words, width: width) : self
    }

    /// Fills numbers up behind, so that their points are one below the other when the texts are flush right. Text with
    /// letters in it is not a number and stays.
    private static func alignPoints(_ words: [String]) -> [String] {
        let tails = words.map { word in
            isNumber(word) ? word.firstIndex(of: ".").map { word.distance(from: $0, to: word.endIndex) } ?? 0 : nil
        }
        let longest = tails.compactMap { $0 }.max() ?? 0
        return zip(words, tails).map { word, tail in
            word.isEmpty ? word : word + String(repeating: " ", count: tail.map { longest - $0 } ?? 0)
        }
    }

    private static func isNumber(_ word: String) -> Bool {
        word.contains { $0.isNumber } && word.allSatisfy { $0.isNumber || "+-.<\u{2212}".contains($0) }
    }
}

/// Which columns a terminal has room for.
struct Narrowing {
    var shown: [Int] = []
    var listed: [Int] = []
    var dropped: [Int] = []
    /// Widths of columns that are cut.
    var widths: [Int: Int] = [:]

    /// A text of this many cells is shortened rather than a column given up.
    private static let roomForWords = 24

    /// - Parameter natural: the columns' widths in the unit of the gap and the limit.
    init(
        _ columns: [TextColumn], _ natural: [Int], _ rules: [Table.Column.Narrowing], gap: Int, _ limit: Int?
    ) {
        shown = Array(columns.indices)
        guard let limit else { return }
        let widths = columns.indices.map { index in
            switch rules[index] {
            case .shorten: min(natural[index], Narrowing.roomForWords)
            case .drop where columns[index].alignment == .left: min(natural[index], Narrowing.roomForWords)
            case .keep, .list, .drop: natural[index]
            }
        }
        func total(_ widths: [Int]) -> Int { shown.reduce(gap * max(0, shown.count - 1)) { $0 + widths[$1] } }
        // Long text goes below first: it costs no information.
        for index in widths.indices where rules[index] == .list && total(widths) > limit {
            shown.removeAll { $0 == index }
            listed.append(index)
        }
        let droppable = widths.indices.compactMap { index in
            if case .drop(let order) = rules[index] { (index: index, order: order) } else { nil }
        }
        for (index, _) in droppable.sorted(by: { $0.order > $1.order }) where total(widths) > limit {
            shown.removeAll { $0 == index }
            dropped.append(index)
        }
        dropped.sort()
        cut(natural, total(natural), limit)
    }

    /// Cuts the widest texts that stay, none below twelve cells.
    private mutating func cut(_ natural: [Int], _ total: Int, _ limit: Int) {
        var excess = total - limit
        while excess > 0 {
            let candidates = shown.filter { (widths[$0] ?? natural[$0]) > 12 }
            guard let widest = candidates.max(by: { (widths[$0] ?? natural[$0]) < (widths[$1] ?? natural[$1]) }) else {
                return
            }
            widths[widest] = (widths[widest] ?? natural[widest]) - 1
            excess -= 1
        }
    }
}
