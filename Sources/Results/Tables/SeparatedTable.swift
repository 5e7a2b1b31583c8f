import Experiments

/// Values with a separator between them: CSV as in RFC 4180, and TSV.
struct SeparatedTable {
    let separator: String
    let lineEnd: String
    let quote: @Sendable (String) -> String

    /// RFC 4180: comma, CR LF, quotes around what holds a quote, a comma or a line break.
    static let csv = SeparatedTable(separator: ",", lineEnd: "\r\n") { text in
        let needsQuotes = text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        return needsQuotes || text.first == " " || text.last == " "
            ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }

    /// Tabs; a tab, line break or backslash in a value is written as an escape, as PostgreSQL and MySQL read it.
    static let tsv = SeparatedTable(separator: "\t", lineEnd: "\n") { text in
        text.replacingScalars { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\t": "\\t"
            case "\n": "\\n"
            case "\r": "\\r"
            default: nil
            }
        }
    }

    func render(_ table: Table) -> String {
        let columns = table.rawColumns
        var text = columns.map { quote($0.name) }.joined(separator: separator) + lineEnd
        for row in table.rows {
            text += columns.map { write($0.pick(row[$0.index].value)) }.joined(separator: separator) + lineEnd
        }
        return text
    }

    private func write(_ value: Table.RawValue) -> String {
        switch value {
        case .null: ""
        case .text(let text): quote(text)
        case .integer(let integer): String(integer)
        case .number(let number): number.isNaN ? "nan" : number.isInfinite ? (number < 0 ? "-inf" : "inf") : "\(number)"
        case .flag(let flag): flag ? "true" : "false"
        }
    }
}
