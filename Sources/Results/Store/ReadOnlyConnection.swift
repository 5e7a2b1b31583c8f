import Foundation
import GRDB

/// Opens a database without ever writing to it.
enum ReadOnlyConnection {
    /// A connection that sees what writers commit; on a copy that nobody can write it reads the file as it is.
    ///
    /// A database in WAL mode wants to make its two side files even for a reader. Where the folder forbids that and
    /// there is no log with newer content, SQLite is told that the file cannot change (`immutable=1`).
    static func open(path: String) throws -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration())
            try queue.read { _ = try Int.fetchOne($0, sql: "PRAGMA schema_version") }
            return queue
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
        {
            guard !DatabaseFile.hasLog(path) else {
                throw StoreError(
                    .readOnly, "\(path) has a write-ahead log beside it that cannot be read in a read-only folder",
                    remedy: "Copy it with: sqlite3 \(path) \".backup COPY\"")
            }
            return try DatabaseQueue(path: immutable(path), configuration: configuration())
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Store.busySeconds)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA query_only = 1")
            try database.execute(sql: "PRAGMA cache_size = -16000")
        }
        return configuration
    }

    /// The path as a URI with SQLite's `immutable` parameter.
    private static func immutable(_ path: String) -> String {
        var components = URLComponents(url: URL(fileURLWithPath: path), resolvingAgainstBaseURL: false)
        components?.queryItems = [URLQueryItem(name: "immutable", value: "1")]
        return components?.string ?? path
    }
}
