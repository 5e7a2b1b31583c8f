extension Table {
    /// A query's answer as a table: numbers flush right, the rest flush left.
    public init(_ result: QueryResult, title: String? = nil) {
        let columns = result.columns.indices.map { index in
            let isNumeric = result.rows.allSatisfy { row in
                switch row[index] {
                case .integer, .real, .null: true
                case .text, .blob: false
                }
            }
            let name = result.columns[index]
            return Column(
                name, unit: SchemaReference.unit(ofColumn: name), alignment: isNumeric ? .decimal : .left,
                narrowing: index == 0 ? .keep : .drop(index))
        }
        let rows = result.rows.map { $0.map(Cell.init(query:)) }
        let notes = result.isTruncated ? ["Only the first \(rows.count) rows are shown."] : []
        self.init(title: title, columns: columns, rows: rows, notes: notes)
    }
}

extension Table.Cell {
    /// One value of a query.
    init(query value: QueryValue) {
        switch value {
        case .null: self = .empty
        case .integer(let integer): self.init(.integer(Int(integer)))
        case .real(let real): self.init(.number(real))
        case .text(let text): self.init(.text(text))
        case .blob(let bytes): self.init(.text("\(bytes.count) bytes"))
        }
    }
}
