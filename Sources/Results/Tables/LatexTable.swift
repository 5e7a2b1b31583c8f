/// LaTeX with the package booktabs: a `table` that can be pasted into a paper.
enum LatexTable {
    /// The width of an article's text, in points.
    private static let room = 345.0

    /// A size of type: its points, as wide as small fonts are cut, and half the gap between columns.
    private struct Size {
        var name: String
        var points: Double
        var gap: Int

        func width(ems: Double, columns: Int) -> Double {
            ems * points + Double(2 * gap * max(0, columns - 1))
        }
    }

    private static let sizes = [
        Size(name: "small", points: 9.3, gap: 4), Size(name: "footnotesize", points: 8.5, gap: 3),
        Size(name: "scriptsize", points: 8, gap: 2),
    ]

    /// Columns for which a page is too narrow go below the table or, named in a comment, are left out, as on a terminal.
    static func render(_ table: Table) -> String {
        let blocks = table.columns.indices.map { TextColumn(table, $0) }
        let widths = table.columns.indices.map { place in
            LatexWidth.ems(table.columns[place].title, table.rows.map { $0[place] }, blocks[place].words)
        }
        let choice = Narrowing(
            blocks, widths.map { Int(($0 * sizes[0].points).rounded(.up)) }, table.columns.map(\.narrowing),
            gap: 2 * sizes[0].gap, Int(room))
        let ems = choice.shown.reduce(0) { $0 + widths[$1] }
        let size = sizes.first { $0.width(ems: ems, columns: choice.shown.count) <= room } ?? sizes[2]
        let columns = choice.shown.map { table.columns[$0] }
        var lines = [
            "% needs \\usepackage{booktabs}; compile with a Unicode engine where names hold other scripts"
        ]
        if !choice.dropped.isEmpty {
            let names = choice.dropped.map { table.columns[$0].name }.joined(separator: ", ")
            lines.append("% too wide for a page, so left out: \(names)")
        }
        lines += ["\\begin{table}", "  \\centering\\\(size.name)\\setlength{\\tabcolsep}{\(size.gap)pt}"]
        if let title = table.title {
            let caption = [title, table.subtitle].compactMap { $0 }.map(sentence).joined(separator: " ")
            let label = table.name.map { "\\label{tab:\(key($0))}" } ?? ""
            lines.append("  \\caption{\(escape(caption))}\(label)")
        }
        lines.append("  \\begin{tabular}{@{}\(columns.map { $0.alignment == .left ? "l" : "r" }.joined())@{}}")
        lines.append("    \\toprule")
        lines.append("    " + line(columns.map { escape($0.title) }))
        lines.append("    \\midrule")
        lines += rows(table, choice)
        lines += ["    \\bottomrule", "  \\end{tabular}"]
        let notes = choice.listed.map { list(blocks[$0], keys: choice.shown.first.map { blocks[$0] }) } + table.notes
        if !notes.isEmpty {
            lines.append("  \\par\\smallskip\\footnotesize\\raggedright")
            lines += notes.filter { !$0.isEmpty }.map { "  \(escape(sentence($0)))\\par" }
        }
        lines.append("\\end{table}")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The table's lines, without those behind a rule that are there for the sake of columns that are left out.
    private static func rows(_ table: Table, _ choice: Narrowing) -> [String] {
        var lines: [String] = []
        var owesRule = false
        for (place, row) in table.rows.enumerated() {
            if place > 0, table.rulesBefore.contains(place) { owesRule = true }
            let isBehindRule = table.rulesBefore.contains { $0 <= place }
            let others = choice.shown.dropFirst()
            if isBehindRule, !others.isEmpty, others.allSatisfy({ row[$0].value == .empty }) { continue }
            if owesRule { lines.append("    \\midrule") }
            owesRule = false
            lines.append("    " + line(choice.shown.map { cell(row[$0], table.columns[$0]) }))
        }
        return lines
    }

    /// A label's letters: those with a meaning of their own become hyphens.
    private static func key(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-.:".contains($0)) ? $0 : "-" })
    }

    /// A column that has no room, as a sentence: `layout: last M A; first A M.`
    private static func list(_ column: TextColumn, keys: TextColumn?) -> String {
        let entries = column.words.indices.filter { !column.words[$0].isEmpty }.map { row in
            "\(keys?.words[row] ?? "") \(column.words[row])"
        }
        return entries.isEmpty ? "" : "\(column.title): \(entries.joined(separator: "; "))"
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

    /// Takes every character's special meaning away. What plain LaTeX has no letter for is written twice: as it is for a
    /// Unicode engine, by number for others, so that either compiles.
    static func escape(_ text: String) -> String {
        var escaped = ""
        var foreign: [Unicode.Scalar] = []
        func flush() {
            guard !foreign.isEmpty else { return }
            let letters = String(String.UnicodeScalarView(foreign))
            let numbers = foreign.map { "U+" + String($0.value, radix: 16, uppercase: true) }.joined(separator: " ")
            escaped += "\\ifdefined\\Umathchar \(letters)\\else[\(numbers)]\\fi{}"
            foreign = []
        }
        for scalar in VisibleText.singleLine(text).unicodeScalars {
            let replacement = replacements[scalar]
            if replacement == nil, !isPlain(scalar) {
                foreign.append(scalar)
            } else {
                flush()
                escaped += replacement ?? String(scalar)
            }
        }
        flush()
        return escaped
    }

    /// Whether pdfLaTeX has the letter in its default encoding, without any package: tried one by one.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7e: true
        case 0xab, 0xbb, 0xd0, 0xde, 0xf0, 0xfe: false
        case 0xa1...0xff: true
        case 0x104, 0x105, 0x110, 0x111, 0x118, 0x119, 0x126, 0x127, 0x12e, 0x12f, 0x138, 0x13f, 0x140, 0x149, 0x14a,
            0x14b, 0x166, 0x167, 0x172, 0x173:
            false
        case 0x100...0x17e, 0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x20ac, 0x2122: true
        default: false
        }
    }

    private static let replacements: [Unicode.Scalar: String] = [
        "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
        "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}",
        ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "{\\char34}", "†": "\\textdagger{}",
        "`": "\\textasciigrave{}", "\u{2212}": "$-$", "±": "$\\pm$", "Δ": "$\\Delta$", "τ": "$\\tau$",
        "≈": "$\\approx$",
        "×": "$\\times$", "→": "$\\to$", "·": "$\\cdot$", "≥": "$\\ge$", "≤": "$\\le$", "▸": "$\\triangleright$",
        "–": "--", "…": "\\dots{}",
    ]
}
