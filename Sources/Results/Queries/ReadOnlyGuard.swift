import Foundation
import GRDB
import GRDBSQLite

/// Lets a connection read and nothing else, for a limited time.
struct ReadOnlyGuard {
    private let connection: OpaquePointer

    init(_ database: Database) {
        guard let connection = database.sqliteConnection else {
            preconditionFailure("ReadOnlyGuard: the connection is closed")
        }
        self.connection = connection
    }

    /// Runs `body` under SQLite's authorizer and a clock that is looked at every 1,000 steps of its virtual machine.
    ///
    /// The authorizer stays afterwards: the connection is meant for one query.
    func run<Value>(deadline seconds: Double, _ body: () throws -> Value) rethrows -> Value {
        sqlite3_set_authorizer(connection, { _, action, name, _, _, _ in ReadOnlyGuard.answer(action, name) }, nil)
        sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 64 << 20)
        let clock = QueryClock(seconds: seconds)
        return try withExtendedLifetime(clock) {
            let context = Unmanaged.passUnretained(clock).toOpaque()
            sqlite3_progress_handler(
                connection, 1000,
                { context in
                    guard let context else { return 0 }
                    return Unmanaged<QueryClock>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
                }, context)
            defer { sqlite3_progress_handler(connection, 0, nil, nil) }
            return try body()
        }
    }

    private static func isOne(_ name: UnsafePointer<CChar>?, of names: Set<String>) -> Bool {
        name.map { names.contains(String(cString: $0)) } ?? false
    }

    private static let schemaPragmas: Set = [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    ]

    /// SQLite's question for each thing that a statement would do (sqlite.org/c3ref/c_alter_table.html).
    private static func answer(_ action: CInt, _ name: UnsafePointer<CChar>?) -> CInt {
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_FUNCTION: return SQLITE_OK
        // Reading the schema through `pragma_table_info('trial')` and its like. SQLite asks for the columns of
        // sqlite_master as if to update them when it prepares that; a real update it refuses by itself.
        case SQLITE_PRAGMA: return isOne(name, of: schemaPragmas) ? SQLITE_OK : SQLITE_DENY
        case SQLITE_UPDATE: return isOne(name, of: ["sqlite_master"]) ? SQLITE_OK : SQLITE_DENY
        default: return SQLITE_DENY
        }
    }
}

/// Says when a query's time is over.
private final class QueryClock {
    private let end: ContinuousClock.Instant

    init(seconds: Double) {
        end = .now + .seconds(seconds)
    }

    var isOver: Bool { ContinuousClock.now >= end }
}
