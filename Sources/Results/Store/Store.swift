import Files
import Foundation
import GRDB
import Synchronization

/// The results database, open for the one process that writes it.
///
/// Several processes may have it open at once: every change is one short transaction, and a trial is given to one of
/// them only. Readers (``StoreReader``, or any program that reads SQLite) never block it.
public final class Store: Sendable {
    /// How long a process waits for another's transaction before it gives up. Transactions take milliseconds; a disk
    /// that sleeps, or a person with a transaction open in `sqlite3`, takes longer.
    static let busySeconds = 30.0
    /// How long the end of a program waits for readers, only to leave a tidier folder.
    private static let tidySeconds = 2.0

    public let path: String
    /// The same database for reading.
    public let reader: StoreReader
    let pool: DatabasePool
    /// The file that was opened.
    let identity: FileIdentity?
    /// Where its content was saved when it was gone.
    let rescued = Mutex<String?>(nil)

    private init(path: String, pool: DatabasePool) {
        self.path = path
        identity = FileIdentity(of: path)
        self.pool = pool
        reader = StoreReader(path: path, database: pool)
    }

    /// Opens the database at `path` for writing, and makes it and its folder if they are not there.
    ///
    /// Attempts whose holder is gone are marked lost at once.
    /// - Throws: ``StoreError`` for a file that is not a results database, is damaged or is newer than this program.
    public static func open(path: String) throws -> Store {
        try makeFolder(for: path)
        try DatabaseFile.check(path, forWriting: true)
        let pool = try opening(path) { try migratedPool(path: path) }
        let store = Store(path: path, pool: pool)
        try store.markLost()
        return store
    }

    /// Opens the database at `path` for reading only: also while it is written, also from a read-only folder.
    ///
    /// - Throws: ``StoreError`` for a missing file, and for the reasons of ``open(path:)``.
    public static func openReadOnly(path: String) throws -> StoreReader {
        try DatabaseFile.check(path, forWriting: false)
        return try opening(path) {
            StoreReader(path: path, database: try ReadOnlyConnection.open(path: path))
        }
    }

    /// Folds the write-ahead log into the file, as far as readers allow, and closes the connections.
    public func close() throws {
        try Store.opening(path) {
            try pool.writeWithoutTransaction { database in
                do {
                    try database.execute(sql: "PRAGMA busy_timeout = \(Int(Store.tidySeconds * 1000))")
                    try database.checkpoint(.truncate)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    // A reader is in the middle of the log; whoever closes last folds it in.
                }
            }
            try pool.close()
        }
    }

    private static func makeFolder(for path: String) throws {
        let folder = Folder.of(path)
        do {
            try Folder.make(folder)
        } catch {
            throw StoreError(
                .readOnly, "the folder \(folder) cannot be made: \(error.reason)",
                remedy: "Make it yourself, or name another file with --database")
        }
    }

    /// A pool on the newest schema. Two processes may begin the same new database at once; the one that comes second
    /// finds the file locked or the tables there, and looks again.
    private static func migratedPool(path: String) throws -> DatabasePool {
        let deadline = ContinuousClock.now + .seconds(busySeconds)
        while true {
            do {
                let pool = try DatabasePool(path: path, configuration: configuration())
                try pool.read { try DatabaseFile.checkVersion($0, path: path, forWriting: true) }
                try Schema.migrator.migrate(pool)
                return pool
            } catch let error as DatabaseError where isRace(error) && ContinuousClock.now < deadline {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    private static func isRace(_ error: DatabaseError) -> Bool {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: true
        case .SQLITE_ERROR: ["already exists", "duplicate column"].contains { error.message?.contains($0) ?? false }
        case .SQLITE_CONSTRAINT: error.message?.contains("grdb_migrations") ?? false
        default: false
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 2
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: "PRAGMA cache_size = -16000")
            // No file is written outside the database's folder, also none for sorting.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// Runs `body` and gives errors of SQLite the user's words.
    static func opening<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        } catch let error as DamagedValue {
            throw StoreError(
                .damaged, "\(path) is damaged: \(error.text), which was never put there", remedy: StoreError.restore)
        } catch let error where error is RowDecodingError || error is DecodingError {
            throw StoreError(
                .damaged, "\(path) is damaged: it holds a value of a kind that was never put there",
                remedy: StoreError.restore)
        }
    }
}

extension Store {
    /// One transaction that holds the writer's place from its first statement on, so that what it has read is still
    /// true when it writes.
    func transaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Store.opening(path) {
            try pool.writeWithoutTransaction { database in
                let value = try inTransaction(database, body)
                try requirePresence(database)
                return value
            }
        }
    }

    /// The same, and the disk has confirmed every byte before it returns. SQLite does not let the level of
    /// synchronisation change within a transaction, so it is set around it.
    func durableTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Store.opening(path) {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                let value: Value
                do {
                    value = try inTransaction(database, body)
                } catch {
                    try database.execute(sql: "PRAGMA synchronous = NORMAL")
                    throw error
                }
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
                try requirePresence(database)
                return value
            }
        }
    }

    private func inTransaction<Value>(_ database: Database, _ body: (Database) throws -> Value) throws -> Value {
        var value: Value?
        try database.inTransaction(.immediate) {
            value = try body(database)
            return .commit
        }
        guard let value else { preconditionFailure("a committed transaction has a value") }
        return value
    }
}
