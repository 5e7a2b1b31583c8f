import Foundation
import GRDB
import GRDBSQLite

extension StoreReader {
    /// What a query may cost.
    public struct QueryLimits: Hashable, Sendable {
        public var rows: Int
        public var seconds: Double

        public init(rows: Int = 100_000, seconds: Double = 30) {
            self.rows = rows
            self.seconds = seconds
        }
    }

    /// Runs one SQL query that can only read.
    ///
    /// It runs on a connection of its own that cannot write, and SQLite asks an authorizer about each thing that the
    /// query would do: whatever is not reading this database is refused, however it is spelled.
    /// - Parameters:
    ///   - sql: one `SELECT`, `VALUES`, `WITH … SELECT` or `EXPLAIN`.
    ///   - parameters: values for `:name` in the text.
    public func query(
        _ sql: String, parameters: [String: QueryValue] = [:], limits: QueryLimits = QueryLimits()
    ) throws -> QueryResult {
        let connection: DatabaseQueue
        do {
            connection = try ReadOnlyConnection.open(path: path)
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
        do {
            return try connection.unsafeRead { database in
                try ReadOnlyGuard(database).run(deadline: limits.seconds) {
                    try StoreReader.fetch(sql, parameters, limits, database)
                }
            }
        } catch let error as DatabaseError {
            throw StoreReader.explain(error, limits)
        }
    }

    private static func fetch(
        _ sql: String, _ parameters: [String: QueryValue], _ limits: QueryLimits, _ database: Database
    ) throws -> QueryResult {
        let statement = try database.makeStatement(sql: sql)
        let values = parameters.mapValues { $0.databaseValue as (any DatabaseValueConvertible)? }
        let wanted = StatementArguments(values)
        let cursor = try Row.fetchCursor(statement, arguments: wanted)
        var result = QueryResult(columns: statement.columnNames, rows: [], isTruncated: false)
        while let row = try cursor.next() {
            guard result.rows.count < limits.rows else {
                result.isTruncated = true
                break
            }
            result.rows.append(row.map { QueryValue($0.1) })
        }
        return result
    }

    private static func explain(_ error: DatabaseError, _ limits: QueryLimits) -> StoreError {
        switch error.resultCode {
        case .SQLITE_AUTH, .SQLITE_READONLY:
            StoreError(
                .forbidden, "this query would do more than read the results (\(error.message ?? "not authorized"))",
                remedy: "Only queries that read are allowed: SELECT, VALUES, WITH … SELECT, EXPLAIN")
        case .SQLITE_INTERRUPT:
            StoreError(
                .tooSlow, "the query ran for more than \(limits.seconds) seconds",
                remedy: "Ask for less, or open a copy of the file with sqlite3")
        case .SQLITE_MISUSE where error.message?.hasPrefix("Multiple statements") == true:
            StoreError(.query, "this is more than one query", remedy: "Give them one at a time")
        default:
            StoreError(
                .query, "SQLite says: \(error.message ?? "\(error.resultCode)")",
                remedy: "ablate sql --schema lists the tables, views and columns")
        }
    }
}

extension QueryValue {
    init(_ value: DatabaseValue) {
        self =
            switch value.storage {
            case .null: .null
            case .int64(let integer): .integer(integer)
            case .double(let real): .real(real)
            case .string(let text): .text(text)
            case .blob(let data): .blob(Array(data))
            }
    }

    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .real(let real): real.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}
