import GRDB

extension StoreReader {
    /// The trials that a query asks for, one row of the experiment and seed a line; groups are not made here.
    ///
    /// - Throws: ``StoreError`` for an unknown experiment and for unknown columns.
    public func results(_ query: ResultQuery = ResultQuery()) throws -> QueryResult {
        let columns = try (query.columns ?? ResultQuery.usualColumns).map(ResultColumn.init(named:))
        let order = try query.sort.map(ResultQuery.Order.init).map { order in
            "\(try ResultColumn(named: order.name).sql) \(order.isDescending ? "DESC" : "ASC") NULLS LAST"
        }
        return try rows(of: columns, query, order: order, limit: query.limit)
    }

    /// The chosen columns of the trials that fulfil the query's conditions.
    func rows(
        of columns: [ResultColumn], _ query: ResultQuery, order: [String] = [], limit: Int? = nil
    ) throws -> QueryResult {
        var arguments: [any DatabaseValueConvertible] = []
        let condition = try StoreReader.condition(query, &arguments)
        return try read { database in
            if let name = query.experiment { _ = try experiment(name, database) }
            let trials = try TrueTrials.relation(database)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT \(columns.map(\.sql).joined(separator: ", ")) FROM \(trials.sql) \(condition)
                    ORDER BY \((order + ["experiment", "position", "seed"]).joined(separator: ", "))
                    \(limit.map { "LIMIT \($0)" } ?? "")
                    """, arguments: StatementArguments(trials.arguments + arguments))
            return QueryResult(
                columns: columns.map(\.name), rows: rows.map { $0.map { QueryValue($0.1) } }, isTruncated: false)
        }
    }

    /// The metrics that `value` stands for among the trials of a query, each with its part of the test split.
    func metrics(_ query: ResultQuery) throws -> [String] {
        var arguments: [any DatabaseValueConvertible] = []
        let condition = try StoreReader.condition(query, &arguments)
        return try read { database in
            let trials = try TrueTrials.relation(database)
            return try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT trim(metric || ' ' || metric_part) FROM experiment
                    WHERE name IN (SELECT experiment FROM \(trials.sql) \(condition)) ORDER BY 1
                    """, arguments: StatementArguments(trials.arguments + arguments))
        }
    }

    private static func condition(
        _ query: ResultQuery, _ arguments: inout [any DatabaseValueConvertible]
    ) throws -> String {
        var conditions: [String] = []
        if let experiment = query.experiment {
            conditions.append("experiment = ?")
            arguments.append(experiment)
        }
        for condition in query.conditions {
            conditions.append(try condition.sql(&arguments))
        }
        return conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    }
}
