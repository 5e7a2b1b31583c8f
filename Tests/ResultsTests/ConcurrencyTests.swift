import Experiments
import Foundation
import GRDB
import Testing

import Results

@Suite struct ConcurrencyTests {
    /// Four connections claim at once; each trial goes to exactly one.
    @Test func noTrialIsClaimedTwice() async throws {
        let store = try SummarySamples.store(
            SummarySamples.pattern.map { .init(row: $0.row, layout: $0.layout, values: []) }, seeds: 15)
        let path = store.path
        let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let own = try Store.open(path: path)
                    var identities: [String] = []
                    while let assignment = try own.claim(experiment: "hybrid-pattern") {
                        identities.append(assignment.identity)
                        try own.apply(event: .started(Samples.provenance()), attempt: assignment.attempt)
                        try own.apply(event: Samples.outcome(0.5), attempt: assignment.attempt)
                    }
                    return identities
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 60)
        #expect(Set(claimed).count == 60)
        try Samples.remove(path)
    }

    /// Several processes may begin the same new database.
    @Test func aNewDatabaseIsOpenedByManyAtOnce() async throws {
        for _ in 0..<5 {
            let path = Samples.path()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask { try Store.open(path: path).reader.schemaVersion() }
                }
                for try await version in group { #expect(version == Samples.schema) }
            }
            try Samples.remove(path)
        }
    }

    /// A reader sees whole transactions while a writer writes, and never waits for it.
    @Test func aReaderReadsWhileAWriterWrites() async throws {
        let store = try SummarySamples.store(
            SummarySamples.pattern.map { .init(row: $0.row, layout: $0.layout, values: []) }, seeds: 10)
        let path = store.path
        let writing = Task.detached {
            while let assignment = try store.claim(experiment: "hybrid-pattern") {
                try store.apply(event: .epoch(Samples.epoch(1, accuracy: 0.5)), attempt: assignment.attempt)
                try store.apply(event: Samples.outcome(0.5), attempt: assignment.attempt)
            }
        }
        let reader = try Store.openReadOnly(path: path)
        var last = 0
        while last < 40 {
            let summary = try Summary(reader, experiment: "hybrid-pattern")
            let done = summary.rows.reduce(0) { $0 + $1.count(.done) }
            #expect(summary.rows.reduce(0) { $0 + $1.values.count } == done)
            #expect(done >= last)
            last = done
            if writing.isCancelled { break }
            await Task.yield()
        }
        try await writing.value
        try Samples.remove(path)
    }

    /// A copy of the files at any moment is what `kill -9` leaves behind: it opens, and finished trials are whole.
    @Test func theFilesOfAKilledWriterOpen() throws {
        let store = try SummarySamples.store(SummarySamples.pattern, seeds: 8)
        let held = try #require(
            try {
                try store.requeue(trials: ["C | C | M8 | M4/3"])
                return try store.claim(trial: "C | C | M8 | M4/3")
            }())
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: 0.3)), attempt: held.attempt)
        let path = Samples.path()
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: store.path + suffix, toPath: path + suffix)
        }
        let copy = try Store.open(path: path)
        let summary = try Summary(copy.reader, experiment: "hybrid-pattern")
        #expect(summary.rows.map { $0.count(.done) } == [8, 8, 8, 7])
        #expect(summary.rows[3].count(.running) == 1)
        try Samples.remove(path)
        try Samples.remove(store.path)
    }

    /// A reader who keeps one state of the database open for long, as Datasette or a person with `sqlite3` does, holds
    /// nobody up and sees that state until the end.
    @Test func aLongReadHoldsNoWriterUp() async throws {
        let store = try SummarySamples.store(
            SummarySamples.pattern.map { .init(row: $0.row, layout: $0.layout, values: []) }, seeds: 5)
        let queue = try DatabaseQueue(path: store.path, configuration: Configuration.readingOnly)
        let states = try await queue.read { database in
            let before = try Int.fetchOne(database, sql: "SELECT count(*) FROM trial WHERE state = 'done'")
            while let assignment = try store.claim(experiment: "hybrid-pattern") {
                try store.apply(event: .epoch(Samples.epoch(1, accuracy: 0.5)), attempt: assignment.attempt)
                try store.apply(event: Samples.outcome(0.5), attempt: assignment.attempt)
            }
            let after = try Int.fetchOne(database, sql: "SELECT count(*) FROM trial WHERE state = 'done'")
            return [before, after]
        }
        #expect(states == [0, 0])
        #expect(try store.reader.status(experiment: "hybrid-pattern").counts == [.done: 20])
        try Samples.remove(store.path)
    }

    /// A person with a write transaction open in `sqlite3` delays a run and does not end it.
    @Test func aForeignWriteTransactionIsWaitedFor() async throws {
        let store = try SummarySamples.store(
            SummarySamples.pattern.map { .init(row: $0.row, layout: $0.layout, values: []) }, seeds: 1)
        let queue = try DatabaseQueue(path: store.path)
        let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
        async let foreign: Void = queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                continuation.yield()
                Thread.sleep(forTimeInterval: 0.3)
                return .commit
            }
        }
        for await _ in begun { break }
        #expect(try store.claim(experiment: "hybrid-pattern") != nil)
        try await foreign
        try Samples.remove(store.path)
    }
}

extension Configuration {
    fileprivate static var readingOnly: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        return configuration
    }
}
