import Experiments
import Foundation
import Testing

import Results

/// What is removed counts nowhere and is not reused; nothing of it is lost.
@Suite struct RemovalTests {
    private let trial = "C | C | A4 M4 | A2 M2/0"

    @Test func aRemovedTrialCountsNowhereAndComesBack() throws {
        let store = try SummarySamples.store()
        let before = try Summary(store.reader, experiment: "hybrid-pattern")
        #expect(try store.remove(trials: [trial]) == 1)
        #expect(try store.remove(trials: [trial]) == 0)
        #expect(try count("v_trials", store) == 31)
        #expect(try store.reader.status(experiment: "hybrid-pattern").count == 31)
        #expect(try store.reader.states(of: [trial]) == [:])
        #expect(try store.reader.durations(processor: "a CPU", engine: TrialSpecification.currentEngine).count == 30)
        let summary = try Summary(store.reader, experiment: "hybrid-pattern")
        #expect(summary.rows[1].outcomes.count == 7 && summary.rows[0].outcomes.count == 8)
        #expect(
            summary.notes.contains("1 trial was removed by a person and counts nowhere (first-half seed 0)."),
            "\(summary.notes)")
        #expect(try store.claim(trial: trial) == nil)
        #expect(try store.claim(experiment: "hybrid-pattern") == nil)
        #expect(try store.restore(trials: [trial]) == 1)
        #expect(try Summary(store.reader, experiment: "hybrid-pattern") == before)
        #expect(try store.restore(trials: [trial]) == 0)
        try Samples.remove(store.path)
    }

    @Test func aRunThatAsksForItTrainsItAnew() throws {
        let store = try SummarySamples.store(claims: [])
        try store.remove(trials: [trial])
        let experiment = Samples.experiment(
            name: "hybrid-pattern", rows: SummarySamples.pattern.map { ($0.row, $0.layout) }, seeds: Array(0..<8))
        #expect(try store.register(experiment: experiment, trials: Samples.entries(experiment)) == 1)
        #expect(try store.reader.states(of: [trial]) == [trial: .queued])
        let value = try store.reader.query("SELECT value FROM v_trials WHERE identity = '\(trial)'")
        #expect(value.rows == [[.null]])
        let again = try #require(try store.claim(experiment: "hybrid-pattern"))
        #expect(again.identity == trial && again.number == 2 && again.startsAnew)
        try store.apply(event: Samples.outcome(0.5), attempt: again.attempt)
        // The attempts from before come back beside the new one, whose result counts.
        #expect(try store.restore(trials: [trial]) == 1)
        let counted = try store.reader.query("SELECT value, attempts FROM v_trials WHERE identity = '\(trial)'")
        #expect(counted.rows == [[.real(0.5), .integer(2)]])
        try Samples.remove(store.path)
    }

    @Test func whatWasTrainedBeforeComesBackInPlaceOfNothing() throws {
        let store = try SummarySamples.store(claims: [])
        try store.remove(trials: [trial])
        let experiment = Samples.experiment(
            name: "hybrid-pattern", rows: SummarySamples.pattern.map { ($0.row, $0.layout) }, seeds: Array(0..<8))
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        #expect(try store.restore(trials: [trial]) == 1)
        let counted = try store.reader.query("SELECT state, value FROM v_trials WHERE identity = '\(trial)'")
        #expect(counted.rows == [[.text("done"), .real(0.9061)]])
        #expect(try store.claim(experiment: "hybrid-pattern") == nil)
        try Samples.remove(store.path)
    }

    @Test func aSharedTrialStaysWithTheOtherExperiment() throws {
        let store = try SummarySamples.store()
        let other = Samples.experiment(name: "other", rows: [("last", SummarySamples.pattern[0].layout)], seeds: [0])
        try store.register(experiment: other, trials: Samples.entries(other))
        #expect(try store.remove(experiment: "hybrid-pattern") == 31)
        #expect(try store.reader.experimentNames() == ["other"])
        #expect(try count("v_trials", store) == 1 && count("v_summary", store) == 1)
        let error = #expect(throws: StoreError.self) { try store.reader.status(experiment: "hybrid-pattern") }
        #expect(error?.description.contains("ablate restore --experiment hybrid-pattern") == true)
        #expect(try store.restore(experiment: "hybrid-pattern") == 31)
        #expect(try count("v_trials", store) == 33)
        #expect(throws: StoreError.self) { try store.restore(experiment: "hybrid-pattern") }
        try Samples.remove(store.path)
    }

    @Test func aRowGoesAndComesBackWithItsOwnTrials() throws {
        let store = try SummarySamples.store()
        try store.remove(trials: [trial])
        #expect(try store.remove(row: "first-half", of: "hybrid-pattern") == 7)
        #expect(try count("v_summary", store) == 3)
        #expect(throws: StoreError.self) { try store.remove(row: "first-half", of: "hybrid-pattern") }
        #expect(try store.restore(row: "first-half", of: "hybrid-pattern") == 7)
        #expect(try count("v_trials", store) == 31, "the trial that was removed alone stays removed")
        try Samples.remove(store.path)
    }

    @Test func aTrialThatRunsIsNotRemoved() throws {
        let store = try SummarySamples.store(
            SummarySamples.pattern.map { .init(row: $0.row, layout: $0.layout, values: []) })
        let held = try #require(try store.claim(experiment: "hybrid-pattern"))
        let error = #expect(throws: StoreError.self) { try store.remove(experiment: "hybrid-pattern") }
        #expect(error?.kind == .held)
        #expect(try count("v_trials", store) == 32, "nothing is half removed")
        try store.apply(event: Samples.outcome(0.5), attempt: held.attempt)
        try Samples.remove(store.path)
    }

    private func count(_ relation: String, _ store: Store) throws -> Int64? {
        guard case .integer(let count) = try store.reader.query("SELECT count(*) FROM \(relation)").rows[0][0] else {
            return nil
        }
        return count
    }
}
