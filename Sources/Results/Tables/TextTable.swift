/// Aligned text without boxes, made to fit a terminal.
struct TextTable {
    let style: TextStyle
    private let gap = 2

    init(style: TextStyle) {
        self.style = style
    }

    func render(_ table: Table) -> String {
        var lines: [String] = []
        if let title = table.title { lines += wrap(title).map(bold) }
        if let subtitle = table.subtitle { lines += wrap(subtitle) }
        if !lines.isEmpty, !table.columns.isEmpty { lines.append("") }
        if !table.columns.isEmpty { lines += body(table) }
        if !table.notes.isEmpty {
            if !lines.isEmpty { lines.append("") }
            lines += table.notes.flatMap { wrap($0, indent: "  ") }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func wrap(_ text: String, indent: String = "") -> [String] {
        let line = VisibleText.singleLine(text)
        return style.width.map { VisibleText.wrap(line, to: $0, indent: indent) } ?? [line]
    }

    private func bold(_ text: String) -> String {
        style.usesColor ? "\u{1b}[1m\(text)\u{1b}[0m" : text
    }

    private func faint(_ text: String) -> String {
        style.usesColor ? "\u{1b}[2m\(text)\u{1b}[0m" : text
    }

    private func toned(_ text: String, _ cell: Table.Cell) -> String {
        guard style.usesColor, cell.value != .empty else { return text }
        let codes = (cell.isEmphasized ? ["1"] : []) + (cell.tone.map { [TextTable.code($0)] } ?? [])
        return codes.isEmpty ? text : "\u{1b}[\(codes.joined(separator: ";"))m\(text)\u{1b}[0m"
    }

    /// The colours that every terminal's palette has: green, red, yellow.
    private static func code(_ tone: Table.Cell.Tone) -> String {
        switch tone {
        case .good: "32"
        case .bad: "31"
        case .notable: "33"
        }
    }

    /// The heading, a rule, the rows, then what had no room.
    private func body(_ table: Table) -> [String] {
        let blocks = table.columns.indices.map { TextColumn(table, $0) }
        let choice = Narrowing(
            blocks, blocks.map(\.width), table.columns.map(\.narrowing), gap: gap, style.width)
        let shown = choice.shown.map { blocks[$0].cut(to: choice.widths[$0] ?? blocks[$0].width) }
        let heading = trimmed(shown.map(\.heading).joined(separator: spaces(gap)))
        let total = shown.reduce(gap * max(0, shown.count - 1)) { $0 + $1.width }
        var lines = [bold(heading), faint(String(repeating: "─", count: total))]
        for row in table.rows.indices {
            let cells = shown.map { toned($0.cells[row], table.rows[row][$0.index]) }
            lines.append(trimmed(cells.joined(separator: spaces(gap))))
        }
        for index in choice.listed where blocks[index].words.contains(where: { !$0.isEmpty }) {
            lines.append("")
            lines += list(blocks[index], keys: shown.first)
        }
        if !choice.dropped.isEmpty, !style.isBrief {
            let names = choice.dropped.map { table.columns[$0].title }.joined(separator: ", ")
            lines += ["", "Not shown at this width: \(names)."].flatMap { $0.isEmpty ? [""] : wrap($0) }
        }
        return lines
    }

    /// A column that stands below the table: one entry for each row, behind the first column's text, as many lines as it
    /// needs.
    private func list(_ column: TextColumn, keys: TextColumn?) -> [String] {
        let width = keys?.width ?? 0
        let room = style.width.map { max(8, $0 - width - gap) } ?? .max
        let lines = column.cells.indices.filter { !column.words[$0].isEmpty }.flatMap { row in
            VisibleText.wrap(column.words[row], to: room).enumerated().map { number, line in
                (number == 0 ? keys?.cells[row] ?? "" : spaces(width)) + spaces(gap)
                    + VisibleText.isolated(VisibleText.cut(line, to: room))
            }
        }
        return [bold(column.title)] + lines.map(trimmed)
    }

    private func trimmed(_ line: String) -> String {
        var line = Substring(line)
        while line.last == " " { line = line.dropLast() }
        return String(line)
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
