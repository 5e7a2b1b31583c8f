import Foundation
import GRDB
import Results

/// The small database with the values of one column replaced by what a flipped bit makes of them.
public struct DamagedValues {
    public struct Column: Sendable, CustomStringConvertible {
        public let table: String
        public let name: String
        public var description: String { "\(table).\(name)" }
    }

    /// In SQL: NULL, text where a number belongs, bytes that are no UTF-8, numbers that nothing can hold.
    public static let values = [
        "NULL", "'strange'", "''", "x'FF'", "CAST(x'FFC0AF' AS TEXT)", "-9223372036854775808", "9223372036854775807",
        "1e300", "-1e-320", "9e999",
    ]

    /// Every column of every table but the row numbers.
    public let columns: [Column]
    private let whole: Data

    /// - Parameter path: where the database is made, and where damaged ones are put.
    public init(at path: String) throws {
        try SmallDatabase.make(path)
        let queue = try DatabaseQueue(path: path)
        columns = try queue.writeWithoutTransaction { database in
            // Damage asks no schema for leave.
            try database.execute(
                sql: """
                    PRAGMA journal_mode = DELETE;
                    PRAGMA writable_schema = ON;
                    UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table';
                    """)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
                    WHERE m.type = 'table' AND m.name NOT LIKE 'grdb_%' AND m.name NOT LIKE 'sqlite_%'
                        AND NOT (c.pk = 1 AND c.type = 'INTEGER' AND m.sql NOT LIKE '%WITHOUT ROWID%')
                    """)
            return rows.map { Column(table: $0[0], name: $0[1]) }
        }
        try queue.close()
        whole = try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// Puts the database with one column damaged at `path`.
    public func write(_ column: Column, _ value: String, to path: String) throws {
        try whole.write(to: URL(fileURLWithPath: path))
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA foreign_keys = OFF;
                    PRAGMA ignore_check_constraints = ON;
                    PRAGMA synchronous = OFF;
                    UPDATE OR IGNORE \(column.table) SET \(column.name) = \(value);
                    """)
        }
        try queue.close()
    }
}
