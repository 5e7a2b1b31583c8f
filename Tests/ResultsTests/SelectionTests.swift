import Experiments
import Foundation
import Testing

@testable import Results

/// What a summary shows of a sweep of which the file selects.
@Suite struct SelectionTests {
    /// Validation and test accuracy of each seed by rate; not a number for a seed that diverged.
    private typealias Values = [String: [(validation: Double, test: Double)]]

    private static func store(_ rows: KeyValuePairs<String, Values>, seeds: Int = 2) throws -> Store {
        let store = try Store.open(path: Samples.path())
        let names = rows.flatMap { row in row.value.keys.sorted().map { (row.key, $0) } }
        var experiment = Samples.experiment(
            rows: names.map { ("\($0) train.lr=\($1)", "\($0) \($1)") }, seeds: Array(0..<seeds))
        for (place, name) in names.enumerated() {
            experiment.rows[place].axes = [.init(name: "train.lr", value: name.1)]
        }
        experiment.reference = rows[0].key
        experiment.selectedAxes = ["train.lr"]
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        for (row, values) in rows {
            for (rate, outcomes) in values {
                for (seed, outcome) in outcomes.enumerated() {
                    try run("\(row) \(rate)/\(seed)", outcome.validation, outcome.test, store)
                }
            }
        }
        return store
    }

    private static func run(_ trial: String, _ validation: Double, _ test: Double, _ store: Store) throws {
        guard let attempt = try store.claim(trial: trial)?.attempt else { return }
        try store.apply(event: .started(Samples.provenance()), attempt: attempt)
        guard !validation.isNaN else {
            try store.apply(event: .failed(Failure(.diverged, "the loss is not a number")), attempt: attempt)
            return
        }
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: validation)), attempt: attempt)
        try store.apply(
            event: .finished(
                Outcome(
                    epoch: 1, metrics: [Metric(.test, "accuracy", test), Metric(.validation, "accuracy", validation)],
                    wallSeconds: 1, weightsDigest: "abc")), attempt: attempt)
    }

    @Test func theBestOnValidationIsShownWhateverTestSays() throws {
        let store = try SelectionTests.store([
            "last": ["1e-3": [(0.8, 0.9), (0.8, 0.9)], "3e-3": [(0.9, 0.7), (0.8, 0.7)]],
            "first": ["1e-3": [(0.6, 0.5), (0.6, 0.5)], "3e-3": [(0.5, 0.9), (0.6, 0.9)]],
        ])
        let summary = try Summary(store.reader, experiment: "pattern")
        #expect(summary.rows.map(\.name) == ["last", "first"])
        #expect(summary.rows.map(\.mean) == [0.7, 0.5])
        #expect(summary.rows[0].isReference && summary.rows[1].comparison?.differences.count == 2)
        #expect(summary.claims.map(\.better) == ["last"] && summary.claims[0].comparison != nil)
        let note = try #require(summary.notes.first { $0.contains("chosen") })
        #expect(note == "train.lr chosen for each row by mean validation accuracy: last 3e-3; first 1e-3.")
        #expect(summary.isComplete)
        // The report follows: curves and trials of the chosen values, under the names of the rows.
        let report = try Report(store.reader, summary, vocabulary: reportVocabulary)
        #expect(report.curves.map(\.row) == ["last", "first"])
        let means = report.curves.map { row in
            row.seeds.compactMap { $0.validation.last?.value }.reduce(0, +) / Double(row.seeds.count)
        }
        #expect(!report.figures.contains { $0.name == "learning" }, "one epoch is no curve")
        #expect(zip(means, [0.85, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 })
        let trials = try #require(PageTable.all(PageReader(report.page)).first { $0.name == "all-trials" })
        #expect(trials.rows.map { $0[0].text } == ["last", "last", "first", "first"])
        try Samples.remove(store.path)
    }

    @Test func aValueThatDivergesIsNotChosen() throws {
        let store = try SelectionTests.store([
            "last": ["1e-3": [(0.8, 0.8), (0.8, 0.8)], "3e-3": [(0.9, 0.9), (.nan, .nan)]]
        ])
        let summary = try Summary(store.reader, experiment: "pattern")
        #expect(summary.rows.map(\.mean) == [0.8])
        try Samples.remove(store.path)
    }

    @Test func aValueWithOneLuckySeedIsNotChosen() throws {
        let store = try SelectionTests.store([
            "last": ["1e-3": [(0.8, 0.8), (0.8, 0.8)], "3e-3": [(0.9, 0.9)]]
        ])
        #expect(try Summary(store.reader, experiment: "pattern").rows.map(\.mean) == [0.8])
        try Samples.remove(store.path)
    }

    @Test func valuesAreComparedOverTheSeedsThatBothHave() throws {
        let store = try SelectionTests.store(
            [
                "last": [
                    "1e-3": [(0.5, 0.1), (.nan, .nan), (0.7, 0.1)], "3e-3": [(0.4, 0.2), (0.9, 0.2), (.nan, .nan)],
                ]
            ], seeds: 3)
        #expect(try Summary(store.reader, experiment: "pattern").rows.map(\.mean) == [0.1])
        try Samples.remove(store.path)
    }

    @Test func rowsAreComparedByTheNamesThatTheSummaryShows() throws {
        let store = try SelectionTests.store([
            "last": ["1e-3": [(0.8, 0.9), (0.8, 0.8)], "3e-3": [(0.9, 0.7), (0.8, 0.7)]],
            "first": ["1e-3": [(0.6, 0.5), (0.6, 0.5)], "3e-3": [(0.5, 0.9), (0.6, 0.9)]],
        ])
        let (last, first) = try store.reader.rows(matching: "last", "pattern/first")
        #expect(last == RowSelection(experiment: "pattern", row: "last") && first.row == "first")
        let comparison = try store.reader.compare(last, first)
        #expect(comparison.pairs.map(\.first) == [0.7, 0.7] && comparison.pairs.map(\.second) == [0.5, 0.5])
        try Samples.remove(store.path)
    }

    @Test func whatIsNotTriedYetIsSaid() throws {
        let store = try SelectionTests.store(["last": ["1e-3": [(0.8, 0.8)], "3e-3": []]])
        let summary = try Summary(store.reader, experiment: "pattern")
        #expect(summary.rows.map(\.mean) == [0.8])
        #expect(summary.notes.contains { $0.hasSuffix("Not all of the values have been tried with all seeds yet.") })
        try Samples.remove(store.path)
    }
}
