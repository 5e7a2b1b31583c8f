/// What a cell says to people, before a format escapes it.
enum CellText {
    static let minus = "\u{2212}"

    /// - Parameter usesMinusSign: writes U+2212 for the hyphen of negative numbers.
    static func of(_ cell: Table.Cell, in column: Table.Column, usesMinusSign: Bool = true) -> String {
        let words = words(cell.value, column.format, usesMinusSign)
        return (column.shownCharacters.map { String(words.prefix($0)) } ?? words) + cell.mark
    }

    /// The text with U+2212 for a leading hyphen.
    static func minusSigned(_ text: String) -> String {
        text.hasPrefix("-") ? minus + text.dropFirst() : text
    }

    private static func words(_ value: Table.Cell.Value, _ format: NumberFormat, _ usesMinusSign: Bool) -> String {
        func number(_ text: String) -> String { usesMinusSign ? minusSigned(text) : text }
        return switch value {
        case .empty: ""
        case .text(let text): text
        case .integer(let integer): number(format.text(integer))
        case .number(let value): number(format.text(value))
        case .flag(let flag): flag ? "yes" : "no"
        case .interval(let range):
            "[\(number(format.text(range.lowerBound))), \(number(format.text(range.upperBound)))]"
        case .fraction(let part, let whole): "\(part)/\(whole)"
        }
    }
}

extension Table {
    /// A column as CSV and JSON see it: bounds and fractions are two columns.
    struct RawColumn {
        let name: String
        let unit: String?
        let index: Int
        /// Picks the value out of the cell.
        let pick: @Sendable (Cell.Value) -> RawValue
    }

    enum RawValue: Hashable {
        case null
        case text(String)
        case integer(Int)
        case number(Double)
        case flag(Bool)
    }

    var rawColumns: [RawColumn] {
        columns.enumerated().flatMap { index, column in
            let values = rows.map { $0[index].value }
            let kinds: [(suffix: String, pick: @Sendable (Cell.Value) -> RawValue)] =
                if values.contains(where: { if case .interval = $0 { true } else { false } })
                    || column.name.hasSuffix("interval")
                {
                    [("_low", { RawValue.of($0, upper: false) }), ("_high", { RawValue.of($0, upper: true) })]
                } else if values.contains(where: { if case .fraction = $0 { true } else { false } }) {
                    [("", { RawValue.of($0, upper: false) }), ("_total", { RawValue.of($0, upper: true) })]
                } else {
                    [("", { RawValue.of($0, upper: false) })]
                }
            return kinds.map {
                RawColumn(name: column.name + $0.suffix, unit: column.unit, index: index, pick: $0.pick)
            }
        }
    }
}

extension Table.RawValue {
    static func of(_ value: Table.Cell.Value, upper: Bool) -> Table.RawValue {
        switch value {
        case .empty: .null
        case .text(let text): .text(text)
        case .integer(let integer): .integer(integer)
        case .number(let number): .number(number)
        case .flag(let flag): .flag(flag)
        case .interval(let range): .number(upper ? range.upperBound : range.lowerBound)
        case .fraction(let part, let whole): .integer(upper ? whole : part)
        }
    }
}
