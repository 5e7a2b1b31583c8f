import Experiments

/// JSON: one object for the whole table, or one object a row.
enum JSONTable {
    /// The version of the shape; raised when a reader would have to change.
    static let schema = 1

    static func render(_ table: Table) -> String {
        let columns = table.rawColumns
        let fields: [(String, JSONText)] = [
            ("schema", .integer(schema)),
            ("title", .text(table.title)),
            ("columns", .list(columns.map { .object([("name", .text($0.name)), ("unit", .text($0.unit))]) })),
            ("rows", .list(table.rows.map { row($0, columns) })),
            ("notes", .list(table.notes.map { .text($0) })),
        ]
        return JSONText.object(fields).pretty() + "\n"
    }

    static func renderLines(_ table: Table) -> String {
        let columns = table.rawColumns
        return table.rows.map { row($0, columns).compact + "\n" }.joined()
    }

    private static func row(_ cells: [Table.Cell], _ columns: [Table.RawColumn]) -> JSONText {
        .object(columns.map { ($0.name, value($0.pick(cells[$0.index].value))) })
    }

    private static func value(_ value: Table.RawValue) -> JSONText {
        switch value {
        case .null: .null
        case .text(let text): .text(text)
        case .integer(let integer): .integer(integer)
        case .number(let number): .number(number)
        case .flag(let flag): .flag(flag)
        }
    }
}
