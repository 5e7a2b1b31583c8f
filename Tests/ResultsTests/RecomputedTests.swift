import Experiments
import GRDB
import Testing

@testable import Results

/// Memory and training speed under `--recompute` are another's: the database and the table say whose they are.
@Suite struct RecomputedTests {
    private func store(recomputing: Set<String>) throws -> Store {
        let store = try Store.open(path: Samples.path())
        let experiment = Samples.experiment()
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        for entry in Samples.entries(experiment) {
            let attempt = try #require(try store.claim(trial: entry.identity)).attempt
            let provenance = Samples.provenance(recomputes: recomputing.contains(entry.identity))
            for event in [.started(provenance), Samples.measurement(), Samples.outcome(0.5)] {
                try store.apply(event: event, attempt: attempt)
            }
        }
        return store
    }

    @Test func aMixtureIsToldAndItsTrainingSpeedsAreNotCompared() throws {
        let store = try store(recomputing: ["M A/0", "M A/1"])
        let summary = try Summary(store.reader, experiment: "pattern")
        let notes = summary.notes.filter { $0.contains("--recompute") }
        #expect(notes.count == 1 && notes[0].hasPrefix("2 of 6 trials were trained with `--recompute`"), "\(notes)")
        #expect(!summary.isTrusted(.trainingTime) && summary.isTrusted(.inferenceTime))
        let column = try store.reader.query(
            "SELECT recomputed, count(*) FROM v_trials GROUP BY recomputed ORDER BY recomputed")
        #expect(column.rows == [[.integer(0), .integer(4)], [.integer(1), .integer(2)]])
        try Samples.remove(store.path)
    }

    @Test func whatAnOlderVersionTrainedIsNotKnown() throws {
        let store = try store(recomputing: ["M A/0"])
        try DatabaseQueue(path: store.path).write {
            try $0.execute(sql: "UPDATE attempt SET recomputed = NULL WHERE trial <> 'M A/0'")
        }
        let summary = try Summary(store.reader, experiment: "pattern")
        let notes = summary.notes.filter { $0.contains("--recompute") }
        #expect(notes.count == 1 && notes[0].contains("Of 5 it is not known"), "\(notes)")
        #expect(!summary.isTrusted(.trainingTime))
        try Samples.remove(store.path)
    }

    @Test func whereAllOrNoneComputeTwiceSpeedsAreCompared() throws {
        for identities in [Set(Samples.entries(Samples.experiment()).map(\.identity)), []] {
            let store = try store(recomputing: identities)
            let summary = try Summary(store.reader, experiment: "pattern")
            #expect(summary.isTrusted(.trainingTime))
            #expect(summary.notes.contains { $0.contains("--recompute") } == !identities.isEmpty)
            try Samples.remove(store.path)
        }
    }
}
