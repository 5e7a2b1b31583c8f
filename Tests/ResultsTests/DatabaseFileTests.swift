import Foundation
import GRDB
import Testing

import Results

@Suite struct DatabaseFileTests {
    @Test func aMissingFileNamesTheCommandThatMakesOne() throws {
        let path = Samples.path()
        let error = #expect(throws: StoreError.self) { try Store.openReadOnly(path: path) }
        #expect(error?.kind == .missing)
        #expect(error?.description.contains(path) == true)
        #expect(error?.description.contains("ablate run FILE makes one") == true)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aTextFileIsRefusedAndLeftAsItIs() throws {
        let path = try file(Data("name: my-experiment\nlayouts: {}\n".utf8))
        for open in [{ _ = try Store.open(path: path) }, { _ = try Store.openReadOnly(path: path) }] {
            let error = #expect(throws: StoreError.self) { try open() }
            #expect(error?.kind == .foreign)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("name: my-experiment"))
        try Samples.remove(path)
    }

    @Test func aFolderIsRefused() throws {
        let path = URL(fileURLWithPath: try file(Data())).deletingLastPathComponent().path
        #expect(throws: StoreError.self) { try Store.open(path: path) }
        try FileManager.default.removeItem(atPath: path)
    }

    @Test func anEmptyFileIsANewDatabaseForTheWriterOnly() throws {
        let path = try file(Data())
        let error = #expect(throws: StoreError.self) { try Store.openReadOnly(path: path) }
        #expect(error?.kind == .missing)
        #expect(try Store.open(path: path).reader.experimentNames() == [])
        try Samples.remove(path)
    }

    @Test(arguments: [40, 100, 5000, 30_000])
    func aTruncatedFileIsRefused(_ length: Int) throws {
        let whole = try closedDatabase()
        let data = try #require(FileManager.default.contents(atPath: whole))
        #expect(data.count > 30_000)
        let path = try file(data.prefix(length))
        let reading = #expect(throws: StoreError.self) { try Store.openReadOnly(path: path) }
        let writing = #expect(throws: StoreError.self) { try Store.open(path: path) }
        #expect(reading?.kind == .damaged && writing?.kind == .damaged)
        #expect(FileManager.default.contents(atPath: path) == data.prefix(length))
        try Samples.remove(path)
        try Samples.remove(whole)
    }

    @Test func aNewerSchemaIsRefused() throws {
        let path = try closedDatabase()
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        try queue.close()
        for open in [{ _ = try Store.open(path: path) }, { _ = try Store.openReadOnly(path: path) }] {
            let error = #expect(throws: StoreError.self) { try open() }
            #expect(error?.kind == .newer)
            #expect(
                error?.message.hasSuffix(
                    "was written by a newer ablate (schema 99; this one knows up to \(Samples.schema))") == true)
        }
        try Samples.remove(path)
    }

    @Test func anotherProgramsDatabaseIsRefused() throws {
        let path = Samples.path()
        _ = try file(Data(), at: path)
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "CREATE TABLE bookmarks (url TEXT)") }
        try queue.close()
        let error = #expect(throws: StoreError.self) { try Store.open(path: path) }
        #expect(error?.kind == .foreign)
        try Samples.remove(path)
    }

    @Test func aCopyIsReadable() throws {
        let path = try closedDatabase()
        let copy = path + ".copy"
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: copy)
        let reader = try Store.openReadOnly(path: copy)
        #expect(try reader.experimentNames() == ["hybrid-pattern"])
        try Samples.remove(path)
    }

    /// Says most when it is not run as root, whom no permission stops.
    @Test func aReadOnlyFolderIsReadable() throws {
        let path = try closedDatabase()
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.removeItem(atPath: path + suffix)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
        let reader = try Store.openReadOnly(path: path)
        #expect(try reader.experimentNames() == ["hybrid-pattern"])
        #expect(try reader.query("SELECT count(*) FROM v_trials").rows == [[.integer(32)]])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        try Samples.remove(path)
    }

    /// A copy taken while a run was going on, with its log, in a place where nothing can be written: as another account,
    /// where this process may become one, because root can write anywhere.
    @Test func aReadOnlyFolderIsReadableWithItsLog() async throws {
        let store = try SummarySamples.store()
        let path = Samples.path()
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: store.path + suffix, toPath: path + suffix)
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path + suffix)
        }
        let log = try #require(FileManager.default.contents(atPath: path + "-wal"))
        #expect(!log.isEmpty)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
        await #expect(processExitsWith: .success) { [path = path as String] in
            if geteuid() == 0 { #expect(seteuid(65534) == 0) }
            let reader = try Store.openReadOnly(path: path)
            #expect(try reader.experimentNames() == ["hybrid-pattern"])
            #expect(try reader.query("SELECT count(*) FROM v_trials WHERE state = 'done'").rows == [[.integer(31)]])
            #expect(try Summary(reader, experiment: "hybrid-pattern").rows.count == 4)
            let url = URL(fileURLWithPath: path)
            #expect(FileManager.default.changeCurrentDirectoryPath(url.deletingLastPathComponent().path))
            #expect(try Store.openReadOnly(path: url.lastPathComponent).experimentNames().count == 1)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        try Samples.remove(path)
        try Samples.remove(store.path)
    }

    @Test func theReferenceDescribesTheRealSchema() throws {
        let path = try closedDatabase()
        let reader = try Store.openReadOnly(path: path)
        let relations = try reader.query(
            """
            SELECT m.name, m.type, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'grdb_%' AND m.name NOT LIKE 'sqlite_%'
            """)
        var real: Set<[String]> = []
        for row in relations.rows {
            guard case .text(let relation) = row[0], case .text(let kind) = row[1], case .text(let column) = row[2]
            else { continue }
            real.insert([relation, kind, column])
        }
        let documented = Set(
            SchemaReference.all.flatMap { relation in
                relation.columns.map { [relation.name, relation.isView ? "view" : "table", $0.name] }
            })
        #expect(real == documented)
        #expect(SchemaReference.all.allSatisfy { !$0.summary.isEmpty && $0.columns.allSatisfy { !$0.summary.isEmpty } })
        try Samples.remove(path)
    }

    /// A finished database in one file.
    private func closedDatabase() throws -> String {
        let store = try SummarySamples.store()
        try store.close()
        let log = FileManager.default.contents(atPath: store.path + "-wal")
        #expect(log?.isEmpty ?? true)
        return store.path
    }

    private func file(_ data: Data, at path: String = Samples.path()) throws -> String {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
        return path
    }

    /// A page of an index that a disk has spoilt: the name is there and can't be found.
    @Test func aNameThatOnlyTheTableKnowsIsDamage() throws {
        let store = try SummarySamples.store()
        try store.close()
        let queue = try DatabaseQueue(path: store.path)
        try queue.write { database in
            try database.execute(sql: "CREATE TABLE empty (id TEXT PRIMARY KEY) WITHOUT ROWID")
            try database.execute(sql: "PRAGMA writable_schema = 1")
            try database.execute(
                sql: """
                    UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'empty')
                    WHERE name = 'sqlite_autoindex_experiment_1'
                    """)
        }
        try queue.close()
        let error = #expect(throws: StoreError.self) {
            try Summary(Store.openReadOnly(path: store.path), experiment: "hybrid-pattern")
        }
        #expect(
            error?.kind == .damaged && error?.remedy?.contains("ablate doctor") == true, "\(String(describing: error))")
        try Samples.remove(store.path)
    }
}
