import Experiments
import Foundation
import Testing

import Results

@Suite struct QueryTests {
    @Test func readingIsAllowed() throws {
        let store = try SummarySamples.store()
        let reader = try Store.openReadOnly(path: store.path)
        let result = try reader.query(
            "WITH best AS (SELECT \"row\", max(value) AS value FROM v_trials GROUP BY 1) SELECT * FROM best WHERE value > :least ORDER BY 2 DESC",
            parameters: ["least": .real(0.92)])
        #expect(result.columns == ["row", "value"])
        #expect(result.rows == [[.text("mixed"), .real(0.9251)], [.text("last-half"), .real(0.924)]])
        let table = Table(result)
        #expect(table.columns.map(\.alignment) == [.left, .decimal])
        try Samples.remove(store.path)
    }

    @Test(arguments: [
        "DELETE FROM trial", "UPDATE trial SET state = 'done'", "DROP VIEW v_trials", "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)", "INSERT INTO claim VALUES (1, 9, 'a', 'b')", "PRAGMA user_version = 5",
        "PRAGMA query_only = 0", "ATTACH '/tmp/ablate-attached.sqlite' AS other",
        "VACUUM INTO '/tmp/ablate-copy.sqlite'",
        "BEGIN IMMEDIATE", "/* SELECT */ DELETE FROM trial", "WITH x AS (SELECT 1) DELETE FROM trial",
        "SELECT load_extension('/tmp/x.so')", "REINDEX", "ANALYZE", "SELECT writefile('/tmp/x', 'y')",
        "SELECT 1; DELETE FROM trial", "UPDATE sqlite_master SET sql = ''", "PRAGMA writable_schema = 1",
    ])
    func writingIsRefused(_ sql: String) throws {
        let store = try SummarySamples.store(Array(SummarySamples.pattern.prefix(1)), claims: [])
        let before = try store.reader.query("SELECT count(*) FROM trial WHERE state = 'done'")
        #expect(throws: StoreError.self) { try store.reader.query(sql) }
        #expect(try store.reader.query("SELECT count(*) FROM trial WHERE state = 'done'") == before)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/ablate-attached.sqlite"))
        #expect(!FileManager.default.fileExists(atPath: "/tmp/ablate-copy.sqlite"))
        try Samples.remove(store.path)
    }

    @Test func timeAndRowsAreBounded() throws {
        let store = try SummarySamples.store(Array(SummarySamples.pattern.prefix(1)), claims: [])
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT "
        let error = #expect(throws: StoreError.self) {
            try store.reader.query(endless + "count(*) FROM n", limits: .init(seconds: 0.2))
        }
        #expect(error?.kind == .tooSlow)
        let some = try store.reader.query(endless + "x FROM n", limits: .init(rows: 7))
        #expect(some.rows.count == 7 && some.isTruncated)
        #expect(TableFormat.table.render(Table(some)).contains("Only the first 7 rows are shown."))
        try Samples.remove(store.path)
    }

    @Test func mistakesAreExplained() throws {
        let store = try SummarySamples.store(Array(SummarySamples.pattern.prefix(1)), claims: [])
        for sql in ["SELEC 1", "SELECT nothing FROM trial", "", "SELECT :x"] {
            let error = #expect(throws: StoreError.self) { try store.reader.query(sql) }
            #expect(error?.kind == .query, "\(sql)")
        }
        try Samples.remove(store.path)
    }

    @Test func resultsAreFilteredSortedAndChosen() throws {
        let store = try SummarySamples.store()
        let query = ResultQuery(
            experiment: "hybrid-pattern",
            conditions: try ["value > 0.92", "layout~m4 a4"].map(ResultQuery.Condition.init(parsing:)),
            columns: ["row", "seed", "value"], sort: ["-value"], limit: 1)
        #expect(try store.reader.results(query).rows == [[.text("last-half"), .integer(4), .real(0.924)]])
        let diverged = ResultQuery(conditions: [try .init(parsing: "state=diverged")])
        #expect(try store.reader.results(diverged).rows.count == 1)
        #expect(try store.reader.results(ResultQuery(conditions: [try .init(parsing: "seed>=6")])).rows.count == 8)
        #expect(throws: StoreError.self) { try ResultQuery.Condition(parsing: "colour=red") }
        #expect(throws: StoreError.self) { try ResultQuery.Condition(parsing: "value") }
        #expect(throws: StoreError.self) { try store.reader.results(ResultQuery(columns: ["x\" FROM trial --"])) }
        try Samples.remove(store.path)
    }

    @Test func statusTellsTheTruth() throws {
        let outcome = SummarySamples.pattern.map {
            SummarySamples.Outcome(row: $0.row, layout: $0.layout, values: [$0.values[0]])
        }
        let store = try SummarySamples.store(outcome)
        var gone = Lease.current()
        gone.processStart -= 1
        let dead = try #require(try store.claim(experiment: "hybrid-pattern", lease: gone))
        let mine = try #require(try store.claim(trial: "C | C | M8 | M4/7"))
        try store.apply(event: .started(Samples.provenance()), attempt: mine.attempt)
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: 0.4)), attempt: mine.attempt)
        try store.apply(event: .progress(step: 30, steps: 90), attempt: mine.attempt)
        let reader = try Store.openReadOnly(path: store.path)
        let status = try reader.status(experiment: "hybrid-pattern")
        #expect(status.count == 32)
        #expect(status.counts == [.done: 4, .queued: 26, .lost: 1, .running: 1])
        let summary = try Summary(reader, experiment: "hybrid-pattern")
        #expect(summary.rows.reduce(0) { $0 + $1.count(.lost) } == 1)
        #expect(summary.rows.reduce(0) { $0 + $1.count(.running) } == 1)
        let lost = try #require(status.first { $0.identity == dead.identity })
        #expect(lost.state == .lost && lost.message?.contains("ended without a word") == true)
        let running = try #require(status.first { $0.identity == mine.identity })
        #expect(running.epoch == 1 && running.step == 30 && running.steps == 90 && running.holder == .current())
        #expect(
            try reader.durations(processor: "a CPU", engine: TrialSpecification.currentEngine).map(\.wallSeconds) == [
                12, 12, 12, 12,
            ])
        #expect(try reader.states(of: ["C | C | M8 | M4/7", "unknown"]) == ["C | C | M8 | M4/7": .running])
        try Samples.remove(store.path)
    }
}
