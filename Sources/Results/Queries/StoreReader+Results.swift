import GRDB

extension StoreReader {
    /// The trials that a query asks for, one row of the experiment and seed a line.
    ///
    /// - Throws: ``StoreError`` for an unknown experiment and for unknown columns.
    public func results(_ query: ResultQuery = ResultQuery()) throws -> QueryResult {
        let columns = try (query.columns ?? ResultQuery.usualColumns).map(ResultQuery.checked)
        var arguments: [any DatabaseValueConvertible] = []
        var conditions: [String] = []
        if let experiment = query.experiment {
            conditions.append("experiment = ?")
            arguments.append(experiment)
        }
        for condition in query.conditions {
            conditions.append(try StoreReader.sql(condition, &arguments))
        }
        let order = try query.sort.map { name in
            name.hasPrefix("-")
                ? "\(try StoreReader.quoted(String(name.dropFirst()))) DESC" : try StoreReader.quoted(name)
        }
        let sql = """
            SELECT \(try columns.map(StoreReader.quoted).joined(separator: ", ")) FROM v_trials
            \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
            ORDER BY \((order + ["experiment", "position", "seed"]).joined(separator: ", "))
            \(query.limit.map { "LIMIT \($0)" } ?? "")
            """
        return try read { database in
            if let name = query.experiment { _ = try experiment(name, database) }
            let rows = try Row.fetchAll(database, sql: sql, arguments: StatementArguments(arguments))
            return QueryResult(columns: columns, rows: rows.map { $0.map { QueryValue($0.1) } }, isTruncated: false)
        }
    }

    private static func quoted(_ column: String) throws -> String {
        "\"\(try ResultQuery.checked(column))\""
    }

    private static func sql(
        _ condition: ResultQuery.Condition, _ arguments: inout [any DatabaseValueConvertible]
    ) throws -> String {
        let column = try quoted(condition.column)
        let operation =
            switch condition.operation {
            case .contains: "LIKE '%' || ? || '%'"
            case .differs: "IS NOT ?"
            case .equals, .atLeast, .atMost, .above, .below: "\(condition.operation.rawValue) ?"
            }
        if condition.operation == .contains {
            arguments.append(condition.value)
        } else if let integer = Int(condition.value) {
            arguments.append(integer)
        } else if let number = Double(condition.value) {
            arguments.append(number)
        } else {
            arguments.append(condition.value)
        }
        return "\(column) \(operation)"
    }
}
