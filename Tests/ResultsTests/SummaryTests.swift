import Experiments
import Foundation
import Testing

import Results

@Suite struct SummaryTests {
    @Test func theTableReadsLikeAPapers() throws {
        let store = try SummarySamples.store()
        let text = try Summary(store.reader, experiment: "hybrid-pattern").render(.table)
        #expect(text == SummaryTests.golden)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try Samples.remove(store.path)
    }

    @Test func numbersAreThoseOfSciPy() throws {
        let store = try SummarySamples.store()
        let summary = try Summary(store.reader, experiment: "hybrid-pattern")
        let first = try #require(summary.rows.first { $0.name == "first-half" })
        let comparison = try #require(first.comparison)
        #expect(abs(try #require(first.mean) - 0.9108) < 1e-12)
        #expect(abs(try #require(first.standardDeviation) - 0.0052170051616941) < 1e-12)
        let interval = try #require(comparison.interval)
        // scipy.stats.ttest_rel(first, last).confidence_interval(0.95)
        #expect(abs(interval.lowerBound + 0.007884463531351483) < 1e-12)
        #expect(abs(interval.upperBound + 0.0029155364686485204) < 1e-12)
        #expect(comparison.pValue == 2.0 / 256)
        #expect(comparison.adjustedPValue == 6.0 / 256)
        #expect(summary.claims.map(\.verdict) == [.supported, .undecided, .undecided, .contradicted])
        try Samples.remove(store.path)
    }

    @Test func theViewsAgreeWithTheSummary() throws {
        let store = try SummarySamples.store()
        let summary = try Summary(store.reader, experiment: "hybrid-pattern")
        let view = try store.reader.query("SELECT mean, sd, seeds, done, diverged FROM v_summary ORDER BY position")
        for (row, values) in zip(summary.rows, view.rows) {
            guard case .real(let mean) = values[0], case .real(let deviation) = values[1] else {
                Issue.record("v_summary has no mean or sd for \(row.name)")
                continue
            }
            #expect(abs(mean - (row.mean ?? 0)) < 1e-12)
            #expect(abs(deviation - (row.standardDeviation ?? 0)) < 1e-12)
            #expect(values[2] == .integer(8))
            #expect(values[3] == .integer(Int64(row.count(.done))))
            #expect(values[4] == .integer(Int64(row.count(.diverged))))
        }
        #expect(view.rows.count == 4)
        let pairs = try store.reader.query("SELECT count(*), sum(difference) FROM v_pairs WHERE row = 'first-half'")
        #expect(pairs.rows[0][0] == .integer(8))
        try Samples.remove(store.path)
    }

    @Test func anUnfinishedExperimentSaysWhatIsMissing() throws {
        let outcomes = SummarySamples.pattern.map { outcome in
            var outcome = outcome
            outcome.values = Array(outcome.values.prefix(2)) + [nil]
            return outcome
        }
        let store = try SummarySamples.store(outcomes, seeds: 3, parts: [4, 16, 8])
        let summary = try Summary(
            store.reader, experiment: "hybrid-pattern",
            baselines: [.init(name: "chance", part: "pairs=4", value: 0.125)])
        #expect(!summary.isComplete)
        #expect(summary.parts == ["pairs=4", "pairs=8", "pairs=16"])
        #expect(summary.notes.contains("Not complete: 4 of 12 trials have no result (4 queued)."))
        #expect(summary.claims[0].reason == "cannot reach 0.05 with n = 3 and 4 claims")
        let text = summary.render(.table)
        #expect(text.contains("chance         12.50"))
        #expect(text.contains("p cannot reach 0.05 with n = 3"))
        #expect(summary.render(.csv).split(separator: "\r\n").count == 6)
        try Samples.remove(store.path)
    }

    /// One part that is all of the split is no column, and its baselines stand beside the means.
    @Test func aPartThatIsTheWholeIsNotRepeated() throws {
        let store = try SummarySamples.store()
        var summary = try Summary(
            store.reader, experiment: "hybrid-pattern",
            baselines: [.init(name: "chance", part: "pairs=8", value: 0.125)])
        summary.parts = ["pairs=8"]
        for row in summary.rows.indices {
            for seed in summary.rows[row].outcomes.indices {
                summary.rows[row].outcomes[seed].parts =
                    summary.rows[row].outcomes[seed].value.map { ["pairs=8": $0] } ?? [:]
            }
        }
        let text = summary.render(.table)
        #expect(text.contains("chance") && !text.contains("pairs=8"), "\(text)")
        let latex = summary.render(.latex)
        #expect(latex.contains("chance & ") && latex.contains("& 12.50 &"), "\(latex)")
        #expect(summary.render(.csv).contains("pairs=8"))
        // Where it is another number, it is shown.
        summary.rows[0].outcomes[0].parts["pairs=8"] = 0.5
        #expect(summary.render(.table).contains("By part of the test split"))
        try Samples.remove(store.path)
    }

    @Test func columnsAreChosen() throws {
        let store = try SummarySamples.store()
        let summary = try Summary(store.reader, experiment: "hybrid-pattern")
        let names = ["pairs", "row", "mean"]
        #expect(try summary.render(.csv, columns: names).hasPrefix("pairs,row,mean\r\n"))
        #expect(try summary.render(.latex, columns: names).contains("    pairs & row & mean \\\\\n"))
        #expect(try summary.render(.json, columns: names).contains("\"rows\""))
        let text = try summary.render(.table, style: TextStyle(width: 80), columns: names)
        #expect(text.contains("pairs  row") && text.contains("Claims"), "\(text)")
        let error = #expect(throws: StoreError.self) { try summary.render(.csv, columns: ["meen"]) }
        #expect(error?.remedy?.hasPrefix("Did you mean mean? Columns: row, layout,") == true)
        try Samples.remove(store.path)
    }

    @Test func nothingRunYet() throws {
        let store = try SummarySamples.store(
            SummarySamples.pattern.map { .init(row: $0.row, layout: $0.layout, values: []) })
        let summary = try Summary(store.reader, experiment: "hybrid-pattern")
        for format in TableFormat.allCases {
            #expect(!summary.render(format).isEmpty)
        }
        #expect(summary.claims.allSatisfy { $0.reason == "0 of 8 pairs" })
        try Samples.remove(store.path)
    }

    @Test func lossesAreBetterWhenLower() throws {
        let metric = SummaryMetric(parsing: "loss pairs=4")
        #expect(!metric.higherIsBetter && !metric.isShare)
        #expect(metric.part == "pairs=4")
        #expect(SummaryMetric(parsing: "accuracy").title == "test accuracy, %")
    }

    @Test func jsonHoldsEverySeed() throws {
        let store = try SummarySamples.store()
        let text = try Summary(store.reader, experiment: "hybrid-pattern").render(.json)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["schema"] as? Int == 1)
        let rows = try #require(object["rows"] as? [[String: Any]])
        let seeds = try #require(rows[3]["seeds"] as? [[String: Any]])
        #expect(seeds.count == 8)
        #expect(seeds[3]["state"] as? String == "diverged")
        #expect(seeds[3]["value"] is NSNull)
        #expect(seeds[0]["value"] as? Double == 0.8861)
        try Samples.remove(store.path)
    }

    @Test func unknownNamesAreExplained() throws {
        let store = try SummarySamples.store()
        let error = #expect(throws: StoreError.self) { try Summary(store.reader, experiment: "patern") }
        #expect(error?.description.contains("It holds: hybrid-pattern") == true)
        #expect(throws: StoreError.self) {
            try Summary(store.reader, experiment: "hybrid-pattern", reference: "nobody")
        }
        let other = try Summary(store.reader, experiment: "hybrid-pattern", reference: "mixed")
        #expect(other.rows.first { $0.isReference }?.name == "mixed")
        try Samples.remove(store.path)
    }

    private static let golden = """
        hybrid-pattern: Where should self-attention sit among Mamba mixers?
        test accuracy, %; 8 seeds; Δ is the row minus last-half, seed by seed, with its
        95 % t interval; p is the exact sign-flip test's, adjusted by Holm

        row          params    MACs  seeds   mean  ± sd        Δ   95 % interval     p
        ──────────────────────────────────────────────────────────────────────────────
        last-half ▸  1.20 M  2.00 M    8/8  91.62  0.53                reference
        first-half   1.20 M  2.00 M    8/8  91.08  0.52    −0.54  [−0.79, −0.29]  .023
        mixed        1.20 M  2.00 M    8/8  91.61  0.49  −0.01 ≈  [−0.11, +0.08]  .781
        all-mamba †  1.10 M  2.00 M    7/8  88.58  0.37  −3.02 ≈  [−3.30, −2.75]  .031

        layout
        last-half ▸  C | C | M4 A4 | M2 A2
        first-half   C | C | A4 M4 | A2 M2
        mixed        C | C | (M A)4 | (M A)2
        all-mamba †  C | C | M8 | M4

        Not shown at this width: train img/s, infer img/s, memory, time.

        Claims
        p is adjusted by Holm over 4 claims, above over 3 rows

        claim                       Δ   95 % interval     p  verdict
        ─────────────────────────────────────────────────────────────────
        last-half > first-half  +0.54  [+0.29, +0.79]  .031  supported
        last-half > mixed       +0.01  [−0.08, +0.11]  .781  undecided
        last-half > all-mamba   +3.02  [+2.75, +3.30]  .031  undecided
        first-half > last-half  −0.54  [−0.79, −0.29]  .031  contradicted

        undecided because
        last-half > mixed       the difference is within what seeds alone give
        last-half > all-mamba   7 of 8 pairs

        ▸ best mean. ≈ not told apart from last-half.
        † all-mamba: seed 3 diverged; counted among its seeds, without a value, so the
          mean is over the others.
        A true difference is found four times in five if it is at least 0.18 to 0.57
          points, depending on the row.
        Parameters differ from last-half's: all-mamba −8.3 %.
        """ + "\n"
}
