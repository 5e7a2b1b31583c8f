extension Summary {
    /// The names by which rows can be sorted: the table's columns in CSV.
    public var sortableColumns: [String] {
        table().columns.map(\.name).filter { !["layout", "interval"].contains($0) }
    }

    /// The same summary with its rows in the order of a column; rows without a value come last.
    ///
    /// - Parameter column: `mean`, or `-mean` for the highest first.
    /// - Throws: ``StoreError`` for a column that the table lacks.
    public func sorted(by column: String) throws -> Summary {
        let isDescending = column.hasPrefix("-")
        let name = isDescending ? String(column.dropFirst()) : column
        let table = table()
        guard sortableColumns.contains(name), let place = table.columns.firstIndex(where: { $0.name == name }) else {
            throw StoreError(
                .query, "the summary has no column \"\(name)\" to sort by",
                remedy: "Columns: \(sortableColumns.joined(separator: ", "))")
        }
        let keys = rows.indices.map { SortKey(table.rows[$0][place].value) }
        let order = rows.indices.sorted { first, second in
            let (left, right) = (keys[first], keys[second])
            if left == right { return first < second }
            if left == .missing || right == .missing { return right == .missing }
            return isDescending ? right < left : left < right
        }
        var sorted = self
        sorted.rows = order.map { rows[$0] }
        return sorted
    }
}

private enum SortKey: Comparable {
    case number(Double)
    case text(String)
    case missing

    init(_ value: Table.Cell.Value) {
        self =
            switch value {
            case .empty: .missing
            case .text(let text): .text(text)
            case .integer(let integer): .number(Double(integer))
            case .number(let number): .number(number)
            case .flag(let flag): .number(flag ? 1 : 0)
            case .interval(let range): .number(range.lowerBound)
            case .fraction(let part, _): .number(Double(part))
            }
    }
}
