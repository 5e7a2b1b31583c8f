/// A ``Table`` as an HTML table: numbers keep their full value beside the shown one, so that they sort as numbers.
struct HTMLTable {
    let table: Table
    /// Unique on the page.
    let identifier: String
    /// What stands above the table and names it.
    let caption: String
    /// What stands in a cell instead of its words.
    var content: (_ row: Int, _ column: String) -> [Markup]? = { _, _ in nil }

    /// The caption, and the table in a region of its own that scrolls sideways where the page is narrow.
    var markup: [Markup] {
        let shown = table.forPeople
        let head = Markup.element("thead", [:], [.element("tr", [:], shown.columns.map(heading))])
        let body = Markup.element("tbody", [:], shown.rows.indices.map { line(shown, $0) })
        let name = "\(identifier)-caption"
        return [
            .element("p", ["class": "caption", "id": name], text: caption),
            .element(
                "div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": name],
                [.element("table", ["class": "sortable", "aria-labelledby": name], [head, body])]),
        ]
    }

    private func heading(_ column: Table.Column) -> Markup {
        .element(
            "th", ["scope": "col", "class": HTMLTable.className(column), "data-name": column.name], text: column.title)
    }

    private func line(_ shown: Table, _ row: Int) -> Markup {
        let cells = zip(shown.rows[row], shown.columns).enumerated().map { index, pair in
            cell(pair.0, pair.1, row, isHeader: index == 0)
        }
        return .element("tr", [:], cells)
    }

    private func cell(_ cell: Table.Cell, _ column: Table.Column, _ row: Int, isHeader: Bool) -> Markup {
        var words = content(row, column.name) ?? HTMLTable.words(cell, column)
        if cell.isEmphasized { words = [.element("strong", [:], words)] }
        let value = HTMLTable.sortValue(cell.value)
        let more = HTMLTable.secondValue(cell.value)
        return isHeader
            ? .element("th", ["scope": "row", "data-value": value, "data-second": more], words)
            : .element(
                "td", ["class": HTMLTable.className(column), "data-value": value, "data-second": more], words)
    }

    private static func words(_ cell: Table.Cell, _ column: Table.Column) -> [Markup] {
        let words = VisibleText.singleLine(CellText.of(cell, in: column))
        guard !words.isEmpty else { return [] }
        if case .text(let name) = cell.value {
            let mark = cell.mark.isEmpty ? [] : [Markup.text(cell.mark)]
            return [.element("bdi", text: VisibleText.singleLine(name))] + mark
        }
        return [.text(words)]
    }

    private static func className(_ column: Table.Column) -> String? {
        column.alignment == .left ? nil : "number"
    }

    /// The number that a cell sorts by; words sort as words.
    private static func sortValue(_ value: Table.Cell.Value) -> String? {
        switch value {
        case .empty, .text: nil
        case .integer(let integer): "\(integer)"
        case .number(let number): number.isFinite ? "\(number)" : nil
        case .flag(let flag): flag ? "1" : "0"
        case .interval(let range): "\(range.lowerBound)"
        case .fraction(let part, _): "\(part)"
        }
    }

    /// The other number of a cell that has two: the upper bound, the whole.
    private static func secondValue(_ value: Table.Cell.Value) -> String? {
        switch value {
        case .interval(let range): "\(range.upperBound)"
        case .fraction(_, let whole): "\(whole)"
        default: nil
        }
    }
}
