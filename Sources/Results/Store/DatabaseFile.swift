import Foundation
import GRDB

/// What can be said about the database's file before and just after it is opened.
enum DatabaseFile {
    /// Refuses a missing file, a folder, a file that is not SQLite and one that is shorter than it says.
    static func check(_ path: String, forWriting: Bool) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            if forWriting { return }
            throw StoreError(
                .missing, "there is no results database at \(path)",
                remedy: "ablate run FILE makes one; --database PATH or ABLATE_DATABASE names another")
        }
        guard !isFolder.boolValue else {
            throw StoreError(.foreign, "\(path) is a folder", remedy: "Name a file in it with --database")
        }
        let (header, size) = try read(path)
        if size == 0 {
            if forWriting { return }
            throw StoreError(
                .missing, "\(path) is empty: no experiment was ever run into it", remedy: "ablate run FILE fills it")
        }
        guard header.starts(with: Array("SQLite format 3\u{0}".utf8)) else {
            throw StoreError(
                .foreign, "\(path) is not an SQLite database",
                remedy: "Name a results database with --database, or a new file to begin one")
        }
        try checkLength(path, header: header, size: size)
    }

    /// The first 100 bytes and the length.
    private static func read(_ path: String) throws -> (header: [UInt8], size: Int) {
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let header = try file.read(upToCount: 100) ?? Data()
            let size = try file.seekToEnd()
            try file.close()
            return (Array(header), Int(size))
        } catch {
            throw StoreError(
                .readOnly, "\(path) cannot be read: \(error.localizedDescription)",
                remedy: "Check its permissions, or name another file with --database")
        }
    }

    /// Compares the length with the number of pages in the header (SQLite's file format, §1.3). While a write-ahead log
    /// is there the file may be behind it, so nothing can be said.
    private static func checkLength(_ path: String, header: [UInt8], size: Int) throws {
        guard header.count == 100 else { throw truncated(path) }
        guard !hasLog(path) else { return }
        let pageSize = Int(header[16]) << 8 | Int(header[17])
        let pages = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
        let isCountValid = header[24..<28].elementsEqual(header[92..<96])
        if isCountValid, size < pages * (pageSize == 1 ? 65_536 : pageSize) {
            throw truncated(path)
        }
    }

    /// Whether a write-ahead log with something in it lies beside the file.
    static func hasLog(_ path: String) -> Bool {
        guard let log = FileHandle(forReadingAtPath: path + "-wal") else { return false }
        defer { log.closeFile() }
        return log.seekToEndOfFile() > 0
    }

    private static func truncated(_ path: String) -> StoreError {
        StoreError(.damaged, "\(path) is truncated: it is shorter than its own header says", remedy: StoreError.restore)
    }

    /// Refuses another program's database, and one that this program is too old for.
    static func checkVersion(_ database: Database, path: String, forWriting: Bool) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'grdb_%'
                """)
        if application == 0, version == 0, tables == 0, forWriting { return }
        guard tables != 0 else {
            throw StoreError(
                .missing, "\(path) holds no tables",
                remedy: "If it is a copy of a database in use, copy the -wal file beside it too, or use: "
                    + "sqlite3 ORIGINAL \".backup COPY\"")
        }
        guard application == Schema.applicationIdentifier else {
            throw StoreError(
                .foreign, "\(path) is an SQLite database, but not one of ablate's",
                remedy: "Name a results database with --database, or a new file to begin one")
        }
        guard version <= Schema.version else {
            throw StoreError(
                .newer,
                "\(path) was written by a newer ablate (schema \(version); this one knows up to \(Schema.version))",
                remedy: "Update ablate, or name another file with --database")
        }
    }
}
