import Foundation
import GRDB
import Testing

import Results

/// Databases that programs of earlier schema versions made open, are brought up to date, and say what they said then
/// (`Files/make.sh` makes them).
@Suite struct SchemaFixtureTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Files")

    /// The versions of which there is a database, in ascending order.
    static let versions: [Int] = {
        let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
        return names.compactMap { $0.wholeMatch(of: #/schema-(\d+)\.sqlite/#).flatMap { Int($0.1) } }.sorted()
    }()

    private static let query = """
        SELECT experiment, "row", seed, state, reason, value, loss, epochs, parameters, weights_digest, identity
        FROM v_trials ORDER BY experiment, "row", seed
        """

    /// A copy in a folder of its own.
    private func copy(_ version: Int) throws -> String {
        let path = Samples.path()
        let target = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Self.folder.appending(path: "schema-\(version).sqlite"), to: target)
        return path
    }

    /// The newest schema that a person may have results in. To be raised, with a database made by its program, before a
    /// version of the program is released that writes the next.
    private static let newestReleased = 5

    @Test func everyReleasedVersionIsThere() throws {
        let path = Samples.path()
        let current = try Store.open(path: path).reader.schemaVersion()
        #expect(Self.versions.starts(with: 1...Self.newestReleased) && Self.versions.allSatisfy { $0 <= current })
        try Samples.remove(path)
    }

    @Test(arguments: versions)
    func nothingIsLostOnTheWay(_ version: Int) throws {
        let path = try copy(version)
        let store = try Store.open(path: path)
        let table = Table(try store.reader.query(Self.query))
        let expected = try String(
            contentsOf: Self.folder.appending(path: "schema-\(version).csv"), encoding: .utf8)
        #expect(TableFormat.csv.render(table, style: TextStyle()) == expected)
        try store.close()
        try DatabaseQueue(path: path).read { database in
            // SQLite 3.40 takes columns behind the key of a table without rowids for NULL.
            let findings = try String.fetchAll(database, sql: "PRAGMA integrity_check")
            #expect(findings.filter { $0 != "ok" && !$0.hasPrefix("NULL value in") }.isEmpty, "\(findings)")
            try database.checkForeignKeys()
        }
        try Samples.remove(path)
    }

    @Test(arguments: versions)
    func theSummaryIsThatOfThen(_ version: Int) throws {
        let path = try copy(version)
        let store = try Store.open(path: path)
        let summary = try Summary(store.reader, experiment: "old")
        #expect(summary.rows.map(\.name) == ["last", "first", "wild"])
        #expect(summary.rows.map(\.mean) == [0.125, 0.125, nil])
        #expect(summary.rows.map { $0.outcomes.map(\.state) }[2] == [.diverged, .diverged])
        #expect(summary.claims.map(\.verdict) == [.undecided])
        #expect(summary.render(.table).contains("wild diverged with every seed, so it has no mean"))
        try store.close()
        let reopened = try Store.openReadOnly(path: path)
        #expect(try Summary(reopened, experiment: "old") == summary)
        try Samples.remove(path)
    }

    /// What was interrupted goes on, what failed stays failed, what is done stays done.
    @Test(arguments: versions)
    func theOpenTrialsCanBeTakenUp(_ version: Int) throws {
        let path = try copy(version)
        let store = try Store.open(path: path)
        var numbers: [Int] = []
        while let assignment = try store.claim(experiment: "shared") {
            numbers.append(assignment.number)
            try store.apply(event: Samples.outcome(0.5), attempt: assignment.attempt)
        }
        #expect(numbers == [2, 1])
        #expect(try store.claim(experiment: "old") == nil)
        try store.close()
        try Samples.remove(path)
    }
}
