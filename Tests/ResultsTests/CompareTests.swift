import Foundation
import Testing

@testable import Results

/// What `ablate compare` says of two rows and of two experiments.
@Suite struct CompareTests {
    @Test func twoRowsAreComparedSeedBySeed() throws {
        let store = try SummarySamples.store()
        let (one, two) = try store.reader.rows(matching: "last-half", "C | C | A4 M4 | A2 M2")
        #expect(two == RowSelection(experiment: "hybrid-pattern", row: "first-half"))
        let result = try store.reader.compare(one, two)
        #expect(result.pairs.count == 8)
        // The summary tests the same difference; its p stands there before it is adjusted.
        let summary = try Summary(store.reader, experiment: "hybrid-pattern", reference: "first-half")
        let row = try #require(summary.rows.first { $0.name == "last-half" }?.comparison)
        #expect(result.comparison.differences == row.differences && result.comparison.pValue == row.pValue)
        let text = result.render(.table, style: TextStyle(width: 80))
        #expect(text.hasPrefix("last-half minus first-half\nhybrid-pattern; test accuracy, %; 8 pairs of seeds\n"))
        #expect(text.contains("\n   0      91.32       90.61  +0.71\n"), "\(text)")
        #expect(text.contains("Told apart: last-half is better"))
        #expect(text.contains("They differ in") || text.contains("They are the same"))
        try Samples.remove(store.path)
    }

    @Test func whatCannotBeDecidedIsSaid() throws {
        let short = SummarySamples.pattern.map { outcome in
            SummarySamples.Outcome(row: outcome.row, layout: outcome.layout, values: Array(outcome.values.prefix(3)))
        }
        let store = try SummarySamples.store(short, claims: [], seeds: 3)
        let (one, two) = try store.reader.rows(matching: "last-half", "first-half")
        let text = try store.reader.compare(one, two).render(.table)
        #expect(text.contains("p cannot reach 0.05 with n = 3: the smallest possible is 0.25. At least 6 seeds"))
        try Samples.remove(store.path)
    }

    @Test func aMissingResultIsNamed() throws {
        let store = try SummarySamples.store()
        let (one, two) = try store.reader.rows(matching: "last-half", "all-mamba")
        let result = try store.reader.compare(one, two)
        #expect(result.comparison.differences.count == 7 && result.comparison.seeds == 8)
        #expect(result.render(.table).contains("Without a pair, because a result is missing: seed 3."))
        // The means stand over the same seeds as their difference, and a deviation has no sign.
        let means = result.sharedValues.map { $0.reduce(0, +) / 7 }
        let difference = try #require(result.comparison.differences.mean)
        #expect(result.sharedValues.map(\.count) == [7, 7] && abs(means[0] - means[1] - difference) < 1e-12)
        #expect(result.first.values.count == 8)
        let lines = result.render(.table).split(separator: "\n")
        #expect(lines.first { $0.hasPrefix("± sd") }?.contains("+") == false)
        #expect(result.render(.csv).contains("\r\n3,0.9172,,\r\n"))
        let json = try JSONSerialization.jsonObject(with: Data(result.render(.json).utf8)) as? [String: Any]
        #expect((json?["seeds"] as? [Any])?.count == 8)
        try Samples.remove(store.path)
    }

    @Test func twoExperimentsAreComparedRowByRow() throws {
        let store = try SummarySamples.store()
        var other = Samples.experiment(
            name: "other",
            rows: [("first-half", "C | C | M4 A4 | M2 A2"), ("mixed", "C | C | M8 | M4"), ("new", "C | M")],
            seeds: Array(0..<8), claims: [])
        other.question = ""
        try store.register(experiment: other, trials: Samples.entries(other))
        let result = try store.reader.compare(experiments: "hybrid-pattern", "other")
        #expect(result.rows.map(\.first.name) == ["first-half", "mixed"])
        #expect(result.unmatched == ["last-half", "all-mamba", "new"])
        // The other experiment's first-half is the trials of last-half here.
        #expect((result.rows[0].comparison.differences.mean ?? 0) < 0)
        let text = TableFormat.table.render(result.table, style: TextStyle(width: 80))
        #expect(text.hasPrefix("hybrid-pattern minus other\n"))
        #expect(text.contains("Only in one of them: last-half, all-mamba, new."))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
        let (one, two) = try store.reader.rows(matching: "other/mixed", "hybrid-pattern/all-mamba")
        let same = try store.reader.compare(one, two)
        #expect(same.comparison.differences.values.allSatisfy { $0 == 0 })
        #expect(same.render(.table).contains("They are the same layout with the same settings."))
        try Samples.remove(store.path)
    }

    @Test(arguments: [
        ("last-half", "first-halv", "Did you mean first-half?"), ("last-half", "last-half", "Name two rows"),
        ("last-half", "%", "EXPERIMENT/ROW"),
    ])
    func mistakesAreExplained(_ first: String, _ second: String, _ remedy: String) throws {
        let store = try SummarySamples.store(Array(SummarySamples.pattern.prefix(2)), claims: [])
        let error = #expect(throws: StoreError.self) { try store.reader.rows(matching: first, second) }
        #expect(error?.remedy?.contains(remedy) == true, "\(String(describing: error))")
        try Samples.remove(store.path)
    }

    @Test func rowsOfSeveralExperimentsMustBeNamedInFull() throws {
        let store = try SummarySamples.store(Array(SummarySamples.pattern.prefix(2)), claims: [])
        var other = Samples.experiment(
            name: "other", rows: [("last-half", "M A"), ("first-half", "A M")], seeds: [0], claims: [])
        other.question = ""
        try store.register(experiment: other, trials: Samples.entries(other))
        let error = #expect(throws: StoreError.self) { try store.reader.rows(matching: "last-half", "first-half") }
        #expect(error?.remedy?.contains("--experiment") == true)
        let pair = try store.reader.rows(matching: "last-half", "first-half", experiment: "other")
        #expect(pair.0.experiment == "other" && pair.1.experiment == "other")
        #expect(throws: StoreError.self) { try store.reader.compare(experiments: "other", "other") }
        try Samples.remove(store.path)
    }
}
