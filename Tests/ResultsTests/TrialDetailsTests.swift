import Experiments
import Foundation
import Testing

import Results

/// What `ablate show` prints, and how a trial is named.
@Suite struct TrialDetailsTests {
    /// One trial that was interrupted, resumed and finished, under the row's name of an experiment.
    private func store(row: String = "last") throws -> (store: Store, identity: String) {
        let store = try Store.open(path: Samples.path())
        let experiment = Samples.experiment(rows: [(row, "M A")], seeds: [3], claims: [])
        let entries = experiment.rows.flatMap { row in
            experiment.seeds.map { seed in
                let trial = row.trial(seed: seed)
                return TrialEntry(
                    row: row.name, identity: trial.identity.hexadecimal, canonical: trial.canonicalJSON,
                    specification: trial)
            }
        }
        try store.register(experiment: experiment, trials: entries)
        let identity = entries[0].identity
        let first = try #require(try store.claim(trial: identity)).attempt
        try store.apply(event: .started(Samples.provenance()), attempt: first)
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: 0.25)), attempt: first)
        try store.apply(event: .failed(Failure(.interrupted, "Ctrl-C")), attempt: first)
        let second = try #require(try store.claim(trial: identity)).attempt
        try store.apply(event: .started(Samples.provenance(resumedAfterEpoch: 1)), attempt: second)
        try store.apply(event: .epoch(Samples.epoch(2, accuracy: 0.5)), attempt: second)
        try store.apply(event: Samples.measurement(), attempt: second)
        try store.apply(event: Samples.outcome(0.5, parts: ["pairs=4": 0.75]), attempt: second)
        return (store, identity)
    }

    @Test func aTrialIsNamedByItsPlaceOrTheBeginningOfItsIdentity() throws {
        let (store, identity) = try store(row: "a/b c")
        let reader = store.reader
        for text in ["pattern/a/b c/3", identity, String(identity.prefix(4)), identity.prefix(9).uppercased()] {
            #expect(try reader.trial(matching: text).identity == identity, "\(text)")
        }
        for (text, remedy) in [
            ("pattern/a/b d/3", "Did you mean a/b c?"), ("pattern/a/b c/4", "Its seeds: 3"), ("patern/x/3", "It holds"),
            ("zz", "EXPERIMENT/ROW/SEED"), ("%", "EXPERIMENT/ROW/SEED"),
        ] {
            let error = #expect(throws: StoreError.self) { try reader.trial(matching: text) }
            #expect(error?.remedy?.contains(remedy) == true, "\(text): \(String(describing: error))")
        }
        try Samples.remove(store.path)
    }

    /// `show` and `results` say what `status` says: the process that held the trial is gone.
    @Test func whatIsCalledRunningAndIsNotIsLost() throws {
        let (store, identity) = try store()
        let other = Samples.experiment(
            rows: [("last", "M A"), ("lost", "A M"), ("held", "M M")], seeds: [3], claims: [])
        var entries = Samples.entries(other)
        entries[0].identity = identity
        try store.register(experiment: other, trials: entries)
        var gone = Lease.current()
        gone.processStart -= 1
        try #require(try store.claim(trial: "A M/3", lease: gone) != nil)
        try #require(try store.claim(trial: "M M/3") != nil)
        let reader = try Store.openReadOnly(path: store.path)
        let details = try reader.trialDetails("A M/3")
        let words = "process \(gone.processIdentifier) on \(gone.host) ended without a word"
        #expect(details.state == .lost && details.attempts.map(\.state) == ["lost"])
        #expect(details.attempts.map(\.message) == [words] && details.attempts.map(\.reason) == ["lost"])
        #expect(try reader.trialDetails("M M/3").state == .running)
        func rows(_ condition: String) throws -> [[QueryValue]] {
            try reader.results(
                ResultQuery(
                    experiment: "pattern", conditions: [.init(parsing: condition)],
                    columns: ["row", "state", "message", "train.lr"])
            ).rows.map { Array($0.prefix(3)) }
        }
        #expect(try rows("state=lost") == [[.text("lost"), .text("lost"), .text(words)]])
        #expect(try rows("state=running") == [[.text("held"), .text("running"), .null]])
        #expect(try rows("state=done") == [[.text("last"), .text("done"), .null]])
        let groups = try reader.resultTable(ResultQuery(experiment: "pattern", groups: ["state"]))
        #expect(groups.rows.map { $0[0].value } == [.text("done"), .text("lost"), .text("running")])
        try Samples.remove(store.path)
    }

    /// Attempts from before a removal are not those that count.
    @Test func removedAttemptsAreNotTheLatest() throws {
        let (store, identity) = try store()
        try store.remove(trials: [identity])
        let entries = try store.reader.trial(matching: identity)
        #expect(entries.removedAt != nil)
        let experiment = Samples.experiment(rows: [("last", "M A")], seeds: [3], claims: [])
        var again = Samples.entries(experiment)
        again[0].identity = identity
        try store.register(experiment: experiment, trials: again)
        let details = try store.reader.trialDetails(identity)
        #expect(details.state == .queued && details.curves.isEmpty && details.size == nil)
        try Samples.remove(store.path)
    }

    @Test func everythingIsShown() throws {
        let (store, identity) = try store()
        let details = try store.reader.trialDetails(identity)
        let text = details.render(.table, style: TextStyle(width: 80))
        for part in [
            "pattern: last, seed 3\n", "state     done\n", "layout    M A\n", "1.00 k parameters, 2.00 M MACs",
            "identity  \(identity)", "\ntrain     ", "lr 0.001", "Learning curves, 2 epochs",
            "validation accuracy  0.2500  ▁█     0.5000", "Result, at epoch 2", "test accuracy pairs=4  0.7500",
            "interrupted", "Ctrl-C", "Provenance of attempt 2", "system        Debian 12",
        ] {
            #expect(text.contains(part), "\(part) is not in\n\(text)")
        }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(!text.contains("\u{a0}"), "words are kept together, but not by signs that a person would copy")
        try Samples.remove(store.path)
    }

    @Test func programsGetEverything() throws {
        let (store, identity) = try store(row: "<script>\"%_&\"")
        let details = try store.reader.trialDetails(identity)
        let json = details.render(.json)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["identity"] as? String == identity)
        let curves = try #require(object["curves"] as? [[String: Any]])
        #expect(curves.contains { $0["metric"] as? String == "accuracy" && $0["values"] as? [Double] == [0.25, 0.5] })
        #expect((object["settings"] as? [String: Any])?["train.lr"] as? String == "0.001")
        #expect((object["attempts"] as? [Any])?.count == 2)
        #expect(details.render(.csv).contains("row,pattern,\"<script>\"\"%_&\"\"\"\r\n"))
        #expect(details.render(.csv).contains("result,test accuracy pairs=4,0.75\r\n"))
        #expect(details.render(.latex).contains("\\textless{}script"))
        #expect(!details.render(.latex).contains("█"), "LaTeX's fonts have no bars")
        #expect(details.render(.markdown).contains("| test accuracy | 0.5000 |"))
        try Samples.remove(store.path)
    }

    @Test func barsFollowTheNumbers() {
        #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 8) == "▁▂▃▄▅▆▇█")
        #expect(Sparkline.text([1, 1], width: 8) == "▄▄")
        #expect(Sparkline.text([0, nil, .infinity, 1], width: 8) == "▁  █")
        #expect(Sparkline.text([], width: 8) == "")
        #expect(Sparkline.text([nil], width: 8) == "")
        let long = Sparkline.text((0..<1000).map { Double($0) }, width: 10)
        #expect(long.count == 10 && long.first == "▁" && long.last == "█")
    }
}
