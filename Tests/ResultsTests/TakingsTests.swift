import Experiments
import Foundation
import Testing

import Results

/// A file that was edited takes nothing away from a run that is at work, and a run goes on with its own trials.
@Suite struct TakingsTests {
    private let here = Lease.current()
    /// Another process that asks while this one trains.
    private var asking: Lease {
        var lease = here
        lease.processIdentifier += 1
        return lease
    }

    private func running(lease: Lease = .current()) throws -> (store: Store, attempt: Int64) {
        let store = try Store.open(path: Samples.path())
        try register(Samples.experiment(), store, here)
        return (store, try #require(try store.claim(experiment: "pattern", lease: lease)).attempt)
    }

    private func register(_ experiment: Experiment, _ store: Store, _ lease: Lease) throws {
        try store.register(experiment: experiment, trials: Samples.entries(experiment), lease: lease)
    }

    @Test func wordsAndAdditionsTakeNothing() throws {
        let (store, _) = try running()
        var words = Samples.experiment(claims: [])
        (words.question, words.notes, words.source) = ("Why?", "none", "other text")
        try register(words, store, asking)
        try register(Samples.experiment(seeds: [5, 2, 1, 0]), store, asking)
        let more = Samples.experiment(rows: [("more", "M M"), ("first", "A M"), ("last", "M A")], seeds: [5, 2, 1, 0])
        try register(more, store, asking)
        #expect(try store.reader.status(experiment: "pattern").count == 12)
        try register(Samples.experiment(name: "other", rows: [("last", "M")]), store, asking)
        try Samples.remove(store.path)
    }

    static let edits: [(rows: [(name: String, layout: String)], seeds: [Int], trials: String)] = [
        ([("last", "M A")], [0, 1, 2], "3 trials"),
        ([("last", "M A"), ("first", "A M")], [0, 1], "2 trials"),
        ([("last", "M M"), ("first", "A M")], [0, 1, 2], "3 trials"),
        ([("last", "M A"), ("front", "A M")], [0, 1, 2], "3 trials"),
    ]

    @Test(arguments: edits)
    func whatTakesTrialsIsRefusedWhileTheyAreTrained(
        _ edit: (rows: [(name: String, layout: String)], seeds: [Int], trials: String)
    ) throws {
        let (store, attempt) = try running()
        let edited = Samples.experiment(rows: edit.rows, seeds: edit.seeds)
        let before = try store.reader.status(experiment: "pattern")
        let error = #expect(throws: StoreError.self) { try register(edited, store, asking) }
        #expect(error?.kind == .held)
        let text = error.map { "\($0)" } ?? ""
        for part in [
            "process \(here.processIdentifier) on \(here.host) trains pattern since 20",
            "take \(edit.trials) away from pattern meanwhile",
            "`kill -INT \(here.processIdentifier)`", "another `name:`",
        ] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(try store.reader.status(experiment: "pattern") == before)
        try store.apply(event: Samples.outcome(0.5), attempt: attempt)
        try register(edited, store, asking)
        #expect(try store.reader.status(experiment: "pattern").count == edit.rows.count * edit.seeds.count)
        try Samples.remove(store.path)
    }

    @Test func aRunOfAnotherExperimentIsNotInTheWayOfASharedTrial() throws {
        let store = try Store.open(path: Samples.path())
        try register(Samples.experiment(), store, here)
        let other = Samples.experiment(name: "other", rows: [("plain", "M M"), ("last", "M A")])
        try register(other, store, here)
        let smaller = Samples.experiment(rows: [("first", "A M")])
        let shared = try #require(try store.claim(trial: "M A/0", lease: here))
        let error = #expect(throws: StoreError.self) { try register(smaller, store, asking) }
        #expect(
            "\(String(describing: error))".contains("trains other or pattern since"), "\(String(describing: error))")
        // A trial that only the other experiment asks for tells which of the two is trained; a run of this one may wait.
        _ = try #require(try store.claim(trial: "M M/0", lease: here))
        let waiting = #expect(throws: StoreError.self) { try register(smaller, store, asking) }
        let text = "\(String(describing: waiting))"
        #expect(
            text.contains("trains other since") && text.contains("take 1 trial that it has in hand away"), "\(text)")
        try store.apply(event: Samples.outcome(0.5), attempt: shared.attempt)
        try register(smaller, store, asking)
        #expect(try store.reader.status(experiment: "pattern").map(\.identity) == ["A M/0", "A M/1", "A M/2"])
        try Samples.remove(store.path)
    }

    @Test func rowsWhoseTrialsHaveEndedAreNotMissedByTheRun() throws {
        let (store, attempt) = try running()
        try store.apply(event: Samples.outcome(0.5), attempt: attempt)
        for seed in [1, 2] {
            let ended = try #require(try store.claim(trial: "M A/\(seed)", lease: here))
            try store.apply(event: Samples.outcome(0.5), attempt: ended.attempt)
        }
        _ = try #require(try store.claim(trial: "A M/0", lease: here))
        try register(Samples.experiment(rows: [("first", "A M")]), store, asking)
        #expect(try store.reader.status(experiment: "pattern").count == 3)
        try Samples.remove(store.path)
    }

    /// What an edit before has taken out of the file, with its results, is no sign that the run is another experiment's;
    /// nor is what the same process trained before, as `ablate retry` does.
    @Test func aRunIsInTheWayAfterAnAllowedEditAsWell() throws {
        let (store, attempt) = try running()
        try register(Samples.experiment(name: "other", rows: [("plain", "M M")]), store, here)
        try store.apply(event: Samples.outcome(0.5), attempt: attempt)
        let elsewhere = try #require(try store.claim(trial: "M M/0", lease: here))
        try store.apply(event: Samples.outcome(0.5), attempt: elsewhere.attempt)
        _ = try #require(try store.claim(trial: "M A/1", lease: here))
        let rows = [("last", "M A")]
        try store.apply(event: Samples.outcome(0.5), attempt: try #require(try store.claim(trial: "A M/0")).attempt)
        #expect(throws: StoreError.self) { try register(Samples.experiment(rows: rows), store, asking) }
        try register(Samples.experiment(seeds: [1, 2]), store, asking)
        let error = #expect(throws: StoreError.self) { try register(Samples.experiment(seeds: [1]), store, asking) }
        #expect("\(String(describing: error))".contains("trains pattern since"), "\(String(describing: error))")
        try Samples.remove(store.path)
    }

    @Test func theProcessItselfAndAProcessThatIsGoneAreNotInTheWay() throws {
        let smaller = Samples.experiment(rows: [("last", "M A")])
        let (own, _) = try running()
        try register(smaller, own, here)
        try Samples.remove(own.path)
        var gone = here
        gone.processStart -= 1
        let (store, _) = try running(lease: gone)
        try register(smaller, store, asking)
        try Samples.remove(store.path)
    }

    @Test func aDistantProcessIsInTheWayUntilItIsSilent() throws {
        var distant = here
        (distant.host, distant.boot) = ("another-host", "another-start pid:[1]")
        let (store, _) = try running(lease: distant)
        let smaller = Samples.experiment(rows: [("last", "M A")])
        let takings = try #require(
            try store.reader.takings(of: "pattern", by: Samples.entries(smaller), here: asking))
        #expect(takings.isUncertain && takings.holder == distant)
        let error = #expect(throws: StoreError.self) { try register(smaller, store, asking) }
        #expect(error?.remedy?.contains("stop it there") == true, "\(String(describing: error))")
        try store.markLost(silentSince: store.reader.distantSigns(experiment: "pattern"))
        #expect(try store.reader.takings(of: "pattern", by: Samples.entries(smaller), here: asking) == nil)
        try register(smaller, store, asking)
        try Samples.remove(store.path)
    }

    @Test func aRunGoesOnWithItsOwnTrialsWhateverIsRegistered() throws {
        let store = try Store.open(path: Samples.path())
        let experiment = Samples.experiment()
        try register(experiment, store, here)
        var queue = ClaimQueue(Samples.entries(experiment).map(\.identity))
        try register(Samples.experiment(rows: [("other", "M M M")]), store, here)
        var order: [String] = []
        while let assignment = try store.claim(from: &queue) {
            order.append(assignment.identity)
            try store.apply(event: Samples.outcome(0.5), attempt: assignment.attempt)
        }
        #expect(order == Samples.entries(experiment).map(\.identity))
        try Samples.remove(store.path)
    }

    @Test func whatAnotherHoldsIsAskedForAgainAndWhatHasEndedIsNot() throws {
        let store = try Store.open(path: Samples.path())
        let experiment = Samples.experiment(rows: [("last", "M A")], seeds: [0, 1, 2, 3])
        try register(experiment, store, here)
        var gone = here
        gone.processStart -= 1
        let held = try #require(try store.claim(trial: "M A/0", lease: gone))
        let failed = try #require(try store.claim(trial: "M A/1"))
        try store.apply(event: .failed(Failure(.crashed, "signal 11")), attempt: failed.attempt)
        try store.remove(trials: ["M A/2"])
        var queue = ClaimQueue((0..<4).map { "M A/\($0)" })
        let third = try #require(try store.claim(from: &queue))
        #expect(third.identity == "M A/3")
        // Now there is nothing else, its holder is looked for and found to be gone.
        #expect(try store.claim(from: &queue)?.identity == "M A/0")
        let error = #expect(throws: StoreError.self) {
            try store.apply(event: Samples.outcome(0.5), attempt: held.attempt)
        }
        #expect(error?.kind == .closed)
        #expect(try store.claim(from: &queue) == nil)
        try store.requeue(trials: ["M A/1"])
        #expect(try store.claim(from: &queue) == nil, "a trial that has ended is not this run's any more")
        queue.putBack("M A/1")
        #expect(try store.claim(from: &queue)?.identity == "M A/1")
        try Samples.remove(store.path)
    }

    @Test func extendingLeavesTheRestAsItIs() throws {
        let (store, _) = try running()
        let larger = Samples.experiment(rows: [("last", "M A"), ("first", "A M"), ("more", "M M")], claims: [])
        try register(larger, store, asking)
        var own = Samples.experiment()
        own.seeds = [0, 1, 2, 7]
        let entries = Samples.entries(own).filter { $0.specification.seed != 7 || $0.row == "first" }
        try store.extend(experiment: "pattern", seeds: own.seeds, trials: entries)
        let statuses = try store.reader.status(experiment: "pattern")
        #expect(statuses.count == 10 && statuses.last?.identity == "A M/7")
        #expect(try store.reader.query("SELECT count(*) FROM claim").rows == [[.integer(0)]])
        #expect(try Summary(store.reader, experiment: "pattern").seeds == [0, 1, 2, 7])
        try Samples.remove(store.path)
    }
}
