/// LaTeX with the package booktabs: a `table` that can be pasted into a paper.
enum LatexTable {
    static func render(_ table: Table) -> String {
        var lines = [
            "% needs \\usepackage{booktabs}; compile with a Unicode engine where names hold other scripts",
            "\\begin{table}",
            "  \\centering",
        ]
        if let title = table.title {
            let caption = [title, table.subtitle].compactMap { $0 }.map(sentence).joined(separator: " ")
            lines.append("  \\caption{\(escape(caption))}")
        }
        lines.append("  \\begin{tabular}{\(table.columns.map { $0.alignment == .left ? "l" : "r" }.joined())}")
        lines.append("    \\toprule")
        lines.append("    " + line(table.columns.map { escape($0.title) }))
        lines.append("    \\midrule")
        for row in table.rows {
            lines.append("    " + line(zip(row, table.columns).map(cell)))
        }
        lines += ["    \\bottomrule", "  \\end{tabular}"]
        if !table.notes.isEmpty {
            lines.append("  \\par\\smallskip\\footnotesize")
            lines += table.notes.map { "  \(escape(sentence($0)))\\par" }
        }
        lines.append("\\end{table}")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ cells: [String]) -> String {
        cells.joined(separator: " & ") + " \\\\"
    }

    private static func sentence(_ text: String) -> String {
        text.last.map { ".?!".contains($0) } ?? true ? text : text + "."
    }

    private static func cell(_ cell: Table.Cell, _ column: Table.Column) -> String {
        let words = CellText.of(cell, in: column, usesMinusSign: false)
        let text =
            switch cell.value {
            case .text, .empty, .flag, .fraction: escape(words)
            case .integer, .number, .interval: number(words)
            }
        return cell.isEmphasized && !text.isEmpty ? "\\textbf{\(text)}" : text
    }

    /// Minus signs and comparisons stand in math mode. Brackets are braced, because one after `\\` is an argument.
    private static func number(_ words: String) -> String {
        var text = escape(words).replacing("-", with: "$-$")
        if text.hasPrefix("[") { text = "{[}" + text.dropFirst() }
        return text
    }

    /// Takes every character's special meaning away.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in VisibleText.singleLine(text).unicodeScalars {
            if let replacement = replacements[scalar] {
                escaped += replacement
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static let replacements: [Unicode.Scalar: String] = [
        "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
        "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}",
        ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "{\\char34}", "†": "\\textdagger{}",
        "`": "\\textasciigrave{}", "\u{2212}": "$-$", "±": "$\\pm$", "Δ": "$\\Delta$", "≈": "$\\approx$",
        "×": "$\\times$", "→": "$\\to$", "·": "$\\cdot$", "≥": "$\\ge$", "≤": "$\\le$", "▸": "$\\triangleright$",
        "–": "--", "…": "\\dots{}",
    ]
}
