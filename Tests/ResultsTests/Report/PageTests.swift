import Foundation
import Testing

@testable import Results

/// The page says what the summary says, whatever names there are and however little has run.
@Suite struct PageTests {
    @Test func thePageIsWellFormedAndNeedsNothing() throws {
        let page = try ReportSamples.report().page
        let reader = try PageReader(page)
        let identifiers = reader.elements.compactMap { $0.attributes["id"] }
        #expect(Set(identifiers).count == identifiers.count)
        for element in reader.elements {
            #expect(element.attributes["src"] == nil, "nothing is loaded")
            #expect(!element.attributes.keys.contains { $0.hasPrefix("on") }, "no script in attributes")
            if let target = element.attributes["href"] { #expect(identifiers.contains(String(target.dropFirst()))) }
            for name in ["aria-labelledby", "aria-describedby"] {
                if let target = element.attributes[name] { #expect(identifiers.contains(target)) }
            }
        }
        #expect(!page.contains("http://") && !page.contains("https://"))
        #expect(reader.all("h1").map(\.text) == ["Where should self-attention sit among Mamba mixers?"])
        #expect(reader.all("svg", in: "figure").allSatisfy { $0.attributes["role"] == "img" })
        #expect(reader.all("figure").count == reader.all("figcaption").count)
    }

    @Test func everyNumberOfTheTableIsTheSummarys() throws {
        let report = try ReportSamples.report()
        let reader = try PageReader(report.page)
        let start = try #require(reader.elements.firstIndex { $0.attributes["id"] == "ablation-caption" })
        let table = reader.elements[start...]
        let columns = table.prefix { $0.name != "tbody" }.filter { $0.name == "th" }.map(\.text)
        #expect(columns.prefix(4) == ["row", "layout", "seeds", "mean"])
        for row in report.summary.rows {
            let heading = try #require(
                table.firstIndex { $0.attributes["scope"] == "row" && $0.text.hasPrefix(row.name) })
            // The row heading's own elements stand between it and the first cell.
            let cells = reader.elements[heading...].filter { $0.name == "td" }.prefix(columns.count - 1)
            let values = Dictionary(
                uniqueKeysWithValues: zip(columns.dropFirst(), cells.map { $0.attributes["data-value"] ?? $0.text }))
            #expect(values["mean"] == row.mean.map { "\($0)" })
            #expect(values["± sd"] == row.standardDeviation.map { "\($0)" })
            #expect(values["params"] == row.size.map { "\($0.parameters)" })
            #expect(values["seeds"] == "\(row.count(.done))")
            #expect(values["Δ"] == row.comparison?.differences.mean.map { "\($0)" } ?? "")
            #expect(values["p"] == row.comparison?.adjustedPValue.map { "\($0)" } ?? "")
            #expect(values["layout"]?.hasSuffix(row.layout) == true)
        }
    }

    @Test func claimsStandWithTheirVerdicts() throws {
        let report = try ReportSamples.report()
        let reader = try PageReader(report.page)
        let verdicts = reader.all("span").filter { $0.attributes["class"]?.hasPrefix("verdict") == true }
        #expect(
            verdicts.map(\.text)
                == report.summary.claims.map {
                    ["supported": "✓ ", "contradicted": "✗ ", "undecided": "? "][$0.verdict.rawValue, default: ""]
                        + $0.verdict.rawValue
                })
        #expect(reader.all("p").contains { $0.text == "4 claims: 1 supported, 1 contradicted, 2 undecided." })
    }

    @Test func hostileNamesStayNames() throws {
        let outcomes = ReportSamples.hostileOutcomes()
        let name = "it's <b>\"&\"</b> 🦊"
        let report = try ReportSamples.report(
            outcomes, claims: [.init(better: outcomes[1].row, worse: outcomes[4].row)], seeds: 3, name: name,
            options: ["--reference", outcomes[0].row])
        let reader = try PageReader(report.page)
        #expect(reader.all("script").count == 1 && reader.all("b").isEmpty)
        let names = reader.all("bdi").map(\.text)
        for outcome in outcomes {
            #expect(names.contains(VisibleText.singleLine(outcome.row)), "\(outcome.row)")
        }
        #expect(!report.page.contains("\u{202e}"), "nothing turns the direction of what follows")
        let commands = try #require(reader.all("pre").first).text
        #expect(commands.hasPrefix("ablate run 'it'\\''s <b>\"&\"</b> 🦊.yaml'\n"))
        #expect(commands.contains("--reference '\"quoted\" & '\\''single'\\'''"))
        for figure in report.figures {
            #expect(throws: Never.self) { try PageReader(figure.svg) }
        }
    }

    @Test(arguments: [0, 1, 2])
    func littleHasRun(_ count: Int) throws {
        let report = try ReportSamples.report(ReportSamples.pattern(seedsDone: count))
        let reader = try PageReader(report.page)
        let warning =
            "Not complete: \(32 - 4 * count) of 32 trials have no result yet. Everything below is about the others."
        #expect(reader.all("p").contains { $0.text == warning })
        let places = reader.all("circle").flatMap(\.attributes.values) + reader.all("path").flatMap(\.attributes.values)
        #expect(!places.contains { $0.contains("nan") || $0.contains("inf") })
        let figures = report.figures.map(\.name)
        #expect(figures.contains("layouts"))
        #expect(figures.contains("means") == (count > 0))
        // One seed has no interval, so none is drawn.
        let means = report.figures.first { $0.name == "means" }
        #expect(means.map { $0.svg.contains("95 % interval") } ?? false == (count > 1))
    }

    @Test func everySeedDiverged() throws {
        var outcomes = SummarySamples.pattern
        outcomes[3].values = outcomes[3].values.map { _ in .nan }
        let report = try ReportSamples.report(outcomes)
        _ = try PageReader(report.page)
        let means = try #require(report.figures.first { $0.name == "means" })
        #expect(means.svg.contains("every seed diverged"))
        #expect(means.caption.contains("Without diverged seeds (8 of all-mamba)."))
    }

    @Test func provenanceIsThere() throws {
        let reader = try PageReader(try ReportSamples.report().page)
        let values = reader.all("dd").map(\.text)
        for value in ["ablate 0.1", "a CPU", "6.3", "0, 1, 2, 3, 4, 5, 6, 7"] { #expect(values.contains(value)) }
        #expect(reader.all("code").contains { $0.text == "name: hybrid-pattern" }, "the experiment file")
    }

    @Test func aPageIsTheSameTwice() throws {
        let store = try SummarySamples.store()
        func page() throws -> String {
            let summary = try Summary(store.reader, experiment: "hybrid-pattern")
            return try Report(store.reader, summary, vocabulary: reportVocabulary).page
        }
        #expect(try page() == page())
        try Samples.remove(store.path)
    }
}
