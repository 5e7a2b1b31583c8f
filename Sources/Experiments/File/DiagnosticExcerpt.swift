/// A line of a file as shown above a caret: cut to fit a screen, tabs widened, control characters escaped.
struct ExcerptLine {
    /// Screen columns shown before and from the caret.
    private static let before = 60
    private static let after = 60

    private(set) var text = ""
    /// Screen columns in front of the caret.
    private(set) var indent = 0
    /// `^~~~`
    private(set) var caret = "^"

    /// - Parameters:
    ///   - column: the character that the caret marks, counted from 1; one behind the last marks the line's end.
    ///   - length: how many characters to mark; marks that would leave the shown part are left out.
    init(_ line: String, column: Int, length: Int) {
        let mark = line.index(line.startIndex, offsetBy: max(0, column - 1), limitedBy: line.endIndex) ?? line.endIndex
        showFront(line[..<mark])
        showRest(line[mark...], length: max(1, length))
    }

    private mutating func showFront(_ front: Substring) {
        var cells: [DisplayCell] = []
        var rest = front
        while indent < ExcerptLine.before, let character = rest.popLast() {
            let cell = DisplayCell(character)
            indent += cell.width
            cells.append(cell)
        }
        if !rest.isEmpty {
            text = "…"
            indent += 1
        }
        for cell in cells.reversed() { text += cell.text }
    }

    private mutating func showRest(_ rest: Substring, length: Int) {
        var shown = 0
        var marked = 0
        var index = rest.startIndex
        var count = 0
        while index < rest.endIndex {
            let cell = DisplayCell(rest[index])
            guard shown + cell.width <= ExcerptLine.after else {
                text += "…"
                break
            }
            text += cell.text
            shown += cell.width
            if count < length { marked = shown }
            count += 1
            index = rest.index(after: index)
        }
        caret += String(repeating: "~", count: max(0, marked - 1))
    }
}

/// One character as a terminal shows it.
struct DisplayCell {
    let text: String
    /// Columns on the screen.
    let width: Int

    init(_ character: Character) {
        if character == "\t" {
            text = "    "
        } else if let code = DisplayCell.escape(character) {
            text = code
        } else {
            text = String(character)
            width = character.unicodeScalars.contains(where: \.isWide) ? 2 : 1
            return
        }
        width = text.count
    }

    /// `\u{1B}` for a character that a terminal would obey or not show, nil for one that it shows.
    private static func escape(_ character: Character) -> String? {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return "" }
        if scalars.count == 1, first.isASCII, first.value >= 0x20, first.value < 0x7F { return nil }
        let limit = 16
        let isShown =
            scalars.count <= limit
            && scalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
                // The joiners of emoji are harmless inside a character; on their own they are not seen.
                case .format: scalars.count > 1 && scalar.value == 0x200D
                case .nonspacingMark, .enclosingMark: scalars.count > 1
                default: true
                }
            }
        if isShown { return nil }
        return scalars.prefix(limit).map { "\\u{\(hexadecimal($0.value, width: 1))}" }.joined()
            + (scalars.count > limit ? "…" : "")
    }
}
