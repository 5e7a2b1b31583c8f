import Experiments

/// GitHub's Markdown: a heading, a pipe table, the notes as a list.
enum MarkdownTable {
    static func render(_ table: Table) -> String {
        var text = ""
        if let title = table.title { text += "### \(escape(title))\n\n" }
        if let subtitle = table.subtitle { text += "\(escape(subtitle))\n\n" }
        guard !table.columns.isEmpty else { return text + list(table.notes).drop { $0 == "\n" } }
        text += line(table.columns.map { escape($0.title) })
        text += line(table.columns.map { $0.alignment == .left ? ":---" : "---:" })
        for row in table.rows {
            text += line(
                zip(row, table.columns).map { cell, column in
                    let words = escape(CellText.of(cell, in: column))
                    return cell.isEmphasized && !words.isEmpty ? "**\(words)**" : words
                })
        }
        return text + list(table.notes)
    }

    private static func list(_ notes: [String]) -> String {
        notes.isEmpty ? "" : "\n" + notes.map { "- \(escape($0))\n" }.joined()
    }

    private static func line(_ cells: [String]) -> String {
        "| " + cells.joined(separator: " | ") + " |\n"
    }

    /// Takes every character's special meaning away (CommonMark §2.4), and line breaks, which end a row.
    static func escape(_ text: String) -> String {
        VisibleText.singleLine(text).replacingScalars { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "$", "!": "\\\(scalar)"
            default: nil
            }
        }
    }
}
