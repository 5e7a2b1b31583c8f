import Experiments
import Foundation
import Testing

import Results

@Suite struct StoreTests {
    @Test func aNewFileAndItsFolderAreMade() throws {
        let path = Samples.path()
        let store = try Store.open(path: path)
        defer { #expect(throws: Never.self) { try Samples.remove(path) } }
        #expect(try store.reader.schemaVersion() == Samples.schema)
        #expect(try store.reader.experimentNames() == [])
    }

    @Test func registeringTwiceChangesNothing() throws {
        let (store, experiment) = try registered()
        let assignment = try #require(try store.claim(experiment: "pattern"))
        try store.apply(event: .started(Samples.provenance()), attempt: assignment.attempt)
        try store.apply(event: Samples.outcome(0.9), attempt: assignment.attempt)
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        #expect(try store.reader.experimentNames() == ["pattern"])
        let next = try #require(try store.claim(experiment: "pattern"))
        #expect(next.identity != assignment.identity)
        try Samples.remove(store.path)
    }

    @Test func trialsComeSeedBySeed() throws {
        let (store, _) = try registered()
        var order: [String] = []
        while let assignment = try store.claim(experiment: "pattern") {
            order.append(assignment.identity)
        }
        #expect(order == ["M A/0", "A M/0", "M A/1", "A M/1", "M A/2", "A M/2"])
        try Samples.remove(store.path)
    }

    @Test func aResumedAttemptShowsTheWholeCurve() throws {
        let (store, _) = try registered()
        let first = try #require(try store.claim(trial: "M A/0"))
        try store.apply(event: .started(Samples.provenance()), attempt: first.attempt)
        try store.apply(event: .gradientsChecked(parameters: 17), attempt: first.attempt)
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: 0.5)), attempt: first.attempt)
        try store.apply(event: .epoch(Samples.epoch(2, accuracy: 0.6)), attempt: first.attempt)
        try store.apply(event: .failed(Failure(.interrupted, "Ctrl-C")), attempt: first.attempt)
        let second = try #require(try store.claim(trial: "M A/0"))
        #expect(second.number == 2)
        try store.apply(event: .started(Samples.provenance(resumedAfterEpoch: 1)), attempt: second.attempt)
        try store.apply(event: .epoch(Samples.epoch(2, accuracy: 0.7)), attempt: second.attempt)
        try store.apply(event: Samples.outcome(0.7), attempt: second.attempt)
        let curve = try store.reader.query(
            "SELECT epoch, value FROM v_curves WHERE metric = 'accuracy' AND identity = 'M A/0' ORDER BY epoch")
        #expect(curve.rows == [[.integer(1), .real(0.5)], [.integer(2), .real(0.7)]])
        let checked = try store.reader.query("SELECT checked_gradients FROM attempt WHERE id = \(second.attempt)")
        #expect(checked.rows == [[.integer(17)]], "the check of the first step stands for the resumed attempt")
        try Samples.remove(store.path)
    }

    @Test func anEndedAttemptTakesNoMoreEvents() throws {
        let (store, _) = try registered()
        let assignment = try #require(try store.claim(experiment: "pattern"))
        try store.apply(event: .failed(Failure(.crashed, "signal 9")), attempt: assignment.attempt)
        let error = #expect(throws: StoreError.self) {
            try store.apply(event: Samples.outcome(0.9), attempt: assignment.attempt)
        }
        #expect(error?.kind == .closed)
        #expect(try store.claim(trial: assignment.identity) == nil)
        #expect(try store.requeue(trials: [assignment.identity]) == 1)
        #expect(try store.claim(trial: assignment.identity)?.number == 2)
        try Samples.remove(store.path)
    }

    @Test func aDeadHoldersTrialIsTakenUp() throws {
        let (store, _) = try registered()
        var gone = Lease.current()
        gone.processStart -= 1
        let first = try #require(try store.claim(trial: "M A/0", lease: gone))
        try store.close()
        let again = try Store.open(path: store.path)
        let state = try again.reader.query("SELECT state, reason FROM attempt WHERE id = \(first.attempt)")
        #expect(state.rows == [[.text("lost"), .text("lost")]])
        #expect(try again.claim(trial: "M A/0")?.number == 2)
        var elsewhere = gone
        (elsewhere.host, elsewhere.boot) = ("another-host", "another-start")
        let far = try #require(try again.claim(trial: "A M/0", lease: elsewhere))
        #expect(try again.markLost() == 0)
        #expect(try again.claim(trial: far.identity) == nil)
        try Samples.remove(store.path)
    }

    @Test func hiddenRowsComeBackWithTheirResults() throws {
        let (store, experiment) = try registered()
        let assignment = try #require(try store.claim(trial: "A M/0"))
        try store.apply(event: Samples.outcome(0.8), attempt: assignment.attempt)
        let smaller = Samples.experiment(rows: [("last", "M A")])
        try store.register(experiment: smaller, trials: Samples.entries(smaller))
        #expect(try store.reader.query("SELECT count(*) FROM v_trials").rows == [[.integer(3)]])
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        let done = try store.reader.query("SELECT \"row\", value FROM v_trials WHERE state = 'done'")
        #expect(done.rows == [[.text("first"), .real(0.8)]])
        try Samples.remove(store.path)
    }

    private func registered() throws -> (Store, Experiment) {
        let store = try Store.open(path: Samples.path())
        let experiment = Samples.experiment()
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        return (store, experiment)
    }
}
