import Foundation
import GRDB
import Testing

@testable import Results

/// A snapshot is a file that any program which reads SQLite can open.
@Suite struct SnapshotTests {
    @Test func itIsOneFileWithoutALog() throws {
        let store = try SummarySamples.store()
        let folder = URL(fileURLWithPath: store.path).deletingLastPathComponent()
        let target = folder.appendingPathComponent("snapshot.sqlite").path
        try store.reader.snapshot(to: target)
        #expect(FileManager.default.fileExists(atPath: store.path + "-wal"), "the writer is still there")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.filter { $0.hasPrefix("snapshot") } == ["snapshot.sqlite"])
        var configuration = Configuration()
        configuration.readonly = true
        let copy = try DatabaseQueue(path: target, configuration: configuration)
        let (mode, count, problems) = try copy.read { database in
            (
                try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(database, sql: "SELECT count(*) FROM v_trials WHERE state = 'done'"),
                try String.fetchAll(database, sql: "PRAGMA integrity_check")
            )
        }
        let source = try DatabaseQueue(path: store.path, configuration: configuration)
        let before = try source.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        #expect(mode == "delete" && count == 31 && problems == before)
        let permissions = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int
        #expect(permissions == 0o444)
        // This program reads it like any database, and another snapshot takes its place.
        #expect(try Store.openReadOnly(path: target).experimentNames() == ["hybrid-pattern"])
        try store.reader.snapshot(to: target)
        try Samples.remove(store.path)
    }

    @Test func whatCannotBeRemovedIsNamed() throws {
        let error = StoreError(.full, "the disk is full", remedy: "Free some space")
        // A file that nobody can remove.
        let told = StoreReader.discarding("/proc/self/status", after: error) as? StoreError
        #expect(told?.message.hasPrefix("the disk is full, and /proc/self/status, which was written for it") == true)
        #expect(told?.kind == .full && told?.remedy == error.remedy)
        #expect(StoreReader.discarding("/nowhere/at/all", after: error) as? StoreError == error)
    }

    @Test func aDatabaseInUseIsNotReplaced() throws {
        let (store, other) = (try SummarySamples.store(), try SummarySamples.store())
        for target in [store.path, other.path] {
            let error = #expect(throws: StoreError.self) { try store.reader.snapshot(to: target) }
            #expect(error?.kind == .forbidden)
        }
        #expect(try other.reader.experimentNames() == ["hybrid-pattern"])
        try Samples.remove(store.path)
        try Samples.remove(other.path)
    }

    @Test func aPlaceThatCannotBeWrittenLeavesNothing() throws {
        let store = try SummarySamples.store(Array(SummarySamples.pattern.prefix(1)), claims: [])
        let folder = URL(fileURLWithPath: store.path).deletingLastPathComponent()
        #expect(throws: StoreError.self) { try store.reader.snapshot(to: folder.path) }
        #expect(throws: StoreError.self) { try store.reader.snapshot(to: folder.path + "/no/folder.sqlite") }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.allSatisfy { $0.hasPrefix("ablate.sqlite") }, "\(names)")
        try Samples.remove(store.path)
    }
}
