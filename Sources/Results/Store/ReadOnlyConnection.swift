import Foundation
import GRDB

/// Opens a database without ever writing to it.
enum ReadOnlyConnection {
    /// A connection that sees what writers commit; on a copy that nobody can write it reads the file as it is.
    ///
    /// A file of an older version is read through a copy in memory that is brought up to date; the file stays as it is.
    static func open(path: String) throws -> DatabaseQueue {
        let queue = try openFile(path)
        let version = try queue.read { database in
            try DatabaseFile.checkVersion(database, path: path, forWriting: false)
            return try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        }
        return version == Schema.version ? queue : try upToDate(queue)
    }

    private static func openFile(_ path: String) throws -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration())
            try queue.read { _ = try Int.fetchOne($0, sql: "PRAGMA schema_version") }
            return queue
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
        {
            return try openUnchangeable(path)
        }
    }

    /// A database in WAL mode wants to make its two side files even for a reader. Where the folder forbids that, nobody
    /// of this account can write the file, and SQLite is told to do without locks and shared memory: a log that lies
    /// beside the file is read with an index in this process's own memory.
    static func openUnchangeable(_ path: String) throws -> DatabaseQueue {
        guard DatabaseFile.hasLog(path) else {
            return try DatabaseQueue(path: uri(path, ["immutable": "1"]), configuration: configuration())
        }
        return try DatabaseQueue(
            path: uri(path, ["vfs": "unix-none"]), configuration: configuration(["PRAGMA locking_mode = EXCLUSIVE"]))
    }

    private static func configuration(_ pragmas: [String] = []) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Store.busySeconds)
        configuration.prepareDatabase { database in
            for pragma in pragmas + [
                "PRAGMA query_only = 1", "PRAGMA cache_size = -16000", "PRAGMA temp_store = MEMORY",
            ] {
                try database.execute(sql: pragma)
            }
        }
        return configuration
    }

    /// The same content on the newest schema, in memory.
    private static func upToDate(_ queue: DatabaseQueue) throws -> DatabaseQueue {
        let copy = try DatabaseQueue()
        try queue.backup(to: copy)
        try Schema.migrator.migrate(copy)
        try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        return copy
    }

    private static func uri(_ path: String, _ parameters: [String: String]) -> String {
        var components = URLComponents(url: URL(fileURLWithPath: path), resolvingAgainstBaseURL: true)
        components?.queryItems = parameters.map { URLQueryItem(name: $0.key, value: $0.value) }
        return components?.string ?? path
    }
}
