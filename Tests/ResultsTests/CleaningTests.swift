import Experiments
import Foundation
import GRDB
import Testing

import Results

/// What nothing needs is deleted, and only when asked for; damage is found.
@Suite struct CleaningTests {
    @Test func onlySupersededAndRemovedThingsGo() throws {
        let store = try SummarySamples.store()
        // A second attempt of a diverged trial, finished: the first one's rows are superseded.
        let trial = "C | C | M8 | M4/3"
        try store.requeue(trials: [trial])
        let first = try #require(try store.claim(trial: trial))
        try store.apply(event: .started(Samples.provenance()), attempt: first.attempt)
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: 0.3)), attempt: first.attempt)
        try store.apply(event: .failed(Failure(.interrupted, "Ctrl-C")), attempt: first.attempt)
        let second = try #require(try store.claim(trial: trial))
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: 0.4)), attempt: second.attempt)
        try store.apply(event: Samples.outcome(0.88), attempt: second.attempt)
        try store.remove(trials: ["C | C | A4 M4 | A2 M2/0"])
        let before = try Summary(store.reader, experiment: "hybrid-pattern")
        let rows = try counts(store)

        let preview = try store.clean(isPreview: true)
        #expect(preview.supersededEpochs == 1 && preview.supersededMetrics == 2)
        #expect(preview.removedTrials == 1 && preview.removedAttempts == 1 && preview.removedExperiments == 0)
        #expect(try counts(store) == rows)
        #expect(try store.clean(isPreview: false) == preview)
        #expect(try store.clean(isPreview: false).isEmpty)
        #expect(try store.compact())
        var after = try Summary(store.reader, experiment: "hybrid-pattern")
        #expect(after.removedTrials == 0)
        (after.removedTrials, after.notes) = (before.removedTrials, before.notes)
        #expect(after == before)
        #expect(try store.reader.examine().allSatisfy { $0.level != .problem })
        #expect(try store.restore(trials: ["C | C | A4 M4 | A2 M2/0"]) == 0)
        try Samples.remove(store.path)
    }

    @Test func aRemovedExperimentGoesWithItsOwnTrialsOnly() throws {
        let store = try SummarySamples.store()
        let other = Samples.experiment(name: "other", rows: [("last", SummarySamples.pattern[0].layout)], seeds: [0])
        try store.register(experiment: other, trials: Samples.entries(other))
        try store.remove(experiment: "hybrid-pattern")
        let cleaning = try store.clean(isPreview: false)
        #expect(cleaning.removedExperiments == 1 && cleaning.removedTrials == 31)
        #expect(try store.reader.query("SELECT \"row\", value FROM v_trials").rows == [[.text("last"), .real(0.9132)]])
        #expect(try store.reader.examine().allSatisfy { $0.level != .problem })
        try Samples.remove(store.path)
    }

    /// Each deleted attempt is looked for in what may refer to it: by indexes that are there for the cleaning only.
    @Test func manyTrialsAreCleanedAndNoIndexIsLeftOver() throws {
        let store = try Store.open(path: Samples.path())
        let count = 2_000
        try DatabaseQueue(path: store.path).write { database in
            try database.execute(
                sql: """
                    INSERT INTO trial (identity, specification, engine, layout, dataset, seed, width, epochs, batch,
                        optimizer, learning_rate, weight_decay, state, created_at, removed_at)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
                    SELECT 'trial' || i, '{}', 3, 'M', 'd', i, 8, 1, 1, 'adamw', 1, 0, 'failed', 'now', 'now' FROM n;
                    INSERT INTO attempt (trial, number, state, lease_host, lease_pid, lease_start, lease_boot, claimed_at)
                    SELECT identity, 1, 'failed', 'h', 1, 1, 'b', 'now' FROM trial
                    """, arguments: ["count": count])
        }
        let schema = try store.reader.query("SELECT name, sql FROM sqlite_master ORDER BY name").rows
        let preview = try store.clean(isPreview: true)
        #expect(preview.removedTrials == count && preview.removedAttempts == count)
        #expect(try store.reader.query("SELECT name, sql FROM sqlite_master ORDER BY name").rows == schema)
        #expect(try store.clean(isPreview: false) == preview)
        #expect(try store.reader.query("SELECT name, sql FROM sqlite_master ORDER BY name").rows == schema)
        #expect(try store.reader.query("SELECT count(*) FROM attempt").rows == [[.integer(0)]])
        try Samples.remove(store.path)
    }

    @Test func aSoundDatabaseHasNoProblem() throws {
        let store = try SummarySamples.store()
        let findings = try store.reader.examine()
        #expect(findings.map(\.subject) == ["integrity", "references", "holders", "results", "gradients"])
        #expect(findings.filter { $0.level != .good }.map(\.subject) == ["gradients"], "the samples report no check")
        try Samples.remove(store.path)
    }

    static let damages = [
        ("holders", "UPDATE trial SET state = 'running' WHERE seed = 0"),
        ("results", "DELETE FROM result WHERE attempt = 1"),
        ("results", "UPDATE attempt SET weights_digest = NULL WHERE id = 1"),
        ("gradients", "UPDATE attempt SET checked_gradients = 0 WHERE id = 1"),
        ("references", "PRAGMA foreign_keys = 0; DELETE FROM trial WHERE seed = 0"),
    ]

    @Test(arguments: damages)
    func damageIsFoundAndSaysWhatToDo(_ damage: (subject: String, sql: String)) throws {
        let store = try SummarySamples.store()
        try store.close()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: store.path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: damage.sql) }
        try queue.close()
        let findings = try Store.openReadOnly(path: store.path).examine().filter { $0.level == .problem }
        #expect(findings.map(\.subject).contains(damage.subject), "\(findings)")
        #expect(findings.allSatisfy { $0.remedy != nil })
        try Samples.remove(store.path)
    }

    /// A page that a disk has spoilt: where it can be read at all, the examination says so.
    @Test(arguments: [3, 8, 15])
    func aSpoiltPageIsFound(_ page: Int) throws {
        let store = try SummarySamples.store()
        try store.close()
        var bytes = Array(try #require(FileManager.default.contents(atPath: store.path)))
        let size = Int(bytes[16]) << 8 | Int(bytes[17])
        for offset in 0..<size / 2 {
            bytes[(page - 1) * size + offset] ^= 0x55
        }
        try Data(bytes).write(to: URL(fileURLWithPath: store.path))
        do {
            let findings = try Store.openReadOnly(path: store.path).examine()
            #expect(findings.contains { $0.level == .problem && $0.subject == "integrity" }, "\(findings)")
        } catch let error as StoreError {
            #expect(error.kind == .damaged || error.kind == .other, "\(error)")
        }
        try Samples.remove(store.path)
    }

    @Test func theNearestTrialIsTheOneWithFewestDifferences() throws {
        let store = try Store.open(path: Samples.path())
        let experiment = Samples.experiment(rows: [("last", "M A"), ("first", "A M")], seeds: [0, 1])
        let plan = TrialPlan(experiment)
        try store.register(experiment: experiment, trials: TrialEntry.all(of: plan))
        while let next = try store.claim(experiment: "pattern") {
            try store.apply(event: Samples.outcome(0.5), attempt: next.attempt)
        }
        var wanted = plan.entries[0].specification
        wanted.train.learningRate = 0.25
        wanted.seed = 1
        let near = try #require(
            try store.reader.nearTrials().nearest(
                toCanonical: wanted.canonicalJSON, identity: wanted.identity.hexadecimal))
        #expect(near.label == "last, seed 1")
        #expect(near.differences == [.init(field: "train.lr", mine: "0.25", theirs: "0.001")])
        let identity = plan.entries[0].identity.hexadecimal
        #expect("\(try store.reader.trial(matching: String(identity.prefix(6))).label)" == "last, seed 0")
        for digits in ["", "abc", "zzzz", "0000000000", "%", String(identity.dropLast()) + "g"] {
            #expect(throws: StoreError.self, "\(digits)") { try store.reader.trial(matching: digits) }
        }
        try Samples.remove(store.path)
    }

    private func counts(_ store: Store) throws -> [QueryValue] {
        try ["trial", "attempt", "epoch", "metric", "result", "row_trial"].map {
            try store.reader.query("SELECT count(*) FROM \($0)").rows[0][0]
        }
    }
}
