import Foundation
import Testing

@testable import Results

/// A mark is where its value is, by the figure's own ticks.
@Suite struct FigureTests {
    /// A straight map from a figure's places to values, learned from two of its ticks.
    struct Ruler {
        let value: (Double) -> Double

        /// From ticks as (place, number).
        init(_ ticks: [(place: Double, number: Double)]) throws {
            let (first, last) = (try #require(ticks.first), try #require(ticks.last))
            try #require(ticks.count > 1 && first.place != last.place)
            let slope = (last.number - first.number) / (last.place - first.place)
            value = { first.number + ($0 - first.place) * slope }
            for tick in ticks { #expect(abs(value(tick.place) - tick.number) < 1e-2 * abs(slope) + 1e-9) }
        }
    }

    /// An element with the text of its own tooltip.
    private func marks(_ figure: Figure, _ name: String) throws -> [(attributes: [String: String], tip: String)] {
        try PageReader(figure.svg).all(name).map { ($0.attributes, $0.text) }
    }

    private func number(_ text: String) -> Double? {
        Double(text.replacing("−", with: "-").replacing("+", with: "").replacing(" MB", with: ""))
    }

    private func horizontal(_ figure: Figure) throws -> Ruler {
        let texts = try marks(figure, "text").filter { $0.attributes["text-anchor"] == "middle" }
        return try Ruler(
            texts.compactMap { text in
                guard let place = text.attributes["x"].flatMap(Double.init), let number = number(text.tip) else {
                    return nil
                }
                return (place, number)
            })
    }

    private func figure(_ name: String, _ report: Report) throws -> Figure {
        try #require(report.figures.first { $0.name == name })
    }

    @Test func dotsStandAtTheirMeans() throws {
        let report = try ReportSamples.report()
        let figure = try figure("means", report)
        let ruler = try horizontal(figure)
        let circles = try marks(figure, "circle")
        for (line, row) in report.summary.rows.enumerated() {
            let dot = try #require(circles.first { $0.tip.hasPrefix("\(row.name): mean") })
            let place = try #require(dot.attributes["cx"].flatMap(Double.init))
            #expect(abs(ruler.value(place) / 100 - (row.mean ?? 0)) < 1e-4)
            #expect(dot.attributes["cy"].flatMap(Double.init) == 8 + 30 * (Double(line) + 0.5) - 4)
            for outcome in row.outcomes {
                let seed = circles.first { $0.tip.hasPrefix("\(row.name), seed \(outcome.seed):") }
                let value = seed?.attributes["cx"].flatMap(Double.init).map { ruler.value($0) / 100 }
                #expect(outcome.value.map { abs($0 - (value ?? 0)) < 1e-4 } ?? (value == nil))
            }
        }
    }

    @Test func differencesStandWhereTheyAre() throws {
        let report = try ReportSamples.report()
        let figure = try figure("differences", report)
        let ruler = try horizontal(figure)
        let circles = try marks(figure, "circle")
        for row in report.summary.rows where !row.isReference {
            let comparison = try #require(row.comparison)
            let dot = try #require(circles.first { $0.tip.hasPrefix("\(row.name): mean") })
            let place = try #require(dot.attributes["cx"].flatMap(Double.init))
            #expect(abs(ruler.value(place) / 100 - (comparison.differences.mean ?? 0)) < 1e-4)
            // A full dot claims that the test tells the rows apart.
            #expect((dot.attributes["fill"] == Theme.light.accent) == comparison.isSeparated)
            let seeds = circles.filter { $0.tip.hasPrefix("\(row.name), seed") }
            #expect(seeds.count == comparison.differences.count)
        }
    }

    @Test func intervalsEndWhereTheyEnd() throws {
        let report = try ReportSamples.report()
        let figure = try figure("means", report)
        let ruler = try horizontal(figure)
        let paths = try marks(figure, "path")
        for row in report.summary.rows {
            let interval = try #require(row.meanInterval)
            let path = try #require(paths.first { $0.tip.hasPrefix("\(row.name): 95 %") }?.attributes["d"])
            let match = try #require(path.firstMatch(of: #/M([0-9.]+) [0-9.]+L([0-9.]+) [0-9.]+/#))
            #expect(abs(ruler.value(Double(match.1) ?? 0) / 100 - interval.lowerBound) < 1e-4)
            #expect(abs(ruler.value(Double(match.2) ?? 0) / 100 - interval.upperBound) < 1e-4)
        }
    }

    @Test func theFrontIsTheSummarys() throws {
        let report = try ReportSamples.report()
        let front = try #require(report.fronts.first { $0.cost == .parameters })
        // all-mamba is the smallest; of the other rows, which are of one size, last-half has the best mean.
        #expect(front.standings.filter(\.isOnFront).map(\.row) == ["all-mamba", "last-half"])
        let figure = try figure("parameters", report)
        let dots = try marks(figure, "circle")
        for standing in front.standings {
            let dot = try #require(dots.first { $0.tip.hasPrefix("\(standing.row):") })
            let ink: Ink = standing.isOnFront ? .dot : standing.isDecided ? .beaten : .hollow
            #expect(dot.attributes["fill"] == ink.properties(.light).first?.value)
            #expect(dot.tip.contains("beaten by last-half") == !standing.isOnFront)
        }
        let (left, right) = (
            dots.first { $0.tip.hasPrefix("all-mamba") }, dots.first { $0.tip.hasPrefix("last-half") }
        )
        #expect(Double(left?.attributes["cx"] ?? "") ?? 0 < Double(right?.attributes["cx"] ?? "") ?? 0)
    }

    @Test func theLandscapeIsTheSummarysAndShowsWhoWentOn() throws {
        let store = try NumberSample.halved.store()
        let summary = try Summary(store.reader, experiment: "hybrid-pattern")
        let report = try Report(store.reader, summary, vocabulary: reportVocabulary)
        let landscape = try #require(summary.landscapes.first)
        let effects = try marks(figure("landscape", report), "circle").map(\.tip)
        #expect(effects.count == 4)
        for (tip, position) in zip(effects, landscape.positions) {
            #expect(
                tip.hasPrefix(
                    "a block placed at \(position.place): \(landscape.metric.signedWords(position.effect.mean ?? 0))"))
        }
        let ways = try marks(figure("survivors", report), "circle").map(\.tip)
        #expect(ways.count == 6 + 2, "two of four rivals went on; the others' second epochs are not in the sample")
        #expect(ways.count { $0.hasSuffix("stopped") } == 3)
        for rung in summary.bracket?.rungs ?? [] {
            for row in rung.stopped {
                #expect(ways.contains { $0.hasPrefix("\(row), epoch \(rung.epochs):") && $0.hasSuffix(", stopped") })
            }
        }
        // A stopped row is not one that has no result yet.
        #expect(try figure("means", report).caption.contains("3 rows stopped early are left out."))
        #expect(try !ReportSamples.report().figures.contains { $0.name == "landscape" || $0.name == "survivors" })
        try Samples.remove(store.path)
    }

    @Test func publishedOrdersHaveTheirVerdicts() throws {
        let store = try NumberSample.complete.store()
        let summary = try Summary(store.reader, experiment: "hybrid-pattern")
        let report = try Report(store.reader, summary, vocabulary: reportVocabulary)
        let agreement = try #require(summary.agreement)
        let figure = try figure("pairs", report)
        let ruler = try horizontal(figure)
        let circles = try marks(figure, "circle")
        #expect(circles.count == 3 && agreement.count(.contradicted) == 0)
        for pair in agreement.pairs {
            let mark = try #require(circles.first { $0.tip.hasPrefix("\(pair.better) > \(pair.worse):") })
            let place = try #require(mark.attributes["cx"].flatMap(Double.init))
            #expect(abs(ruler.value(place) / 100 - (pair.comparison.differences.mean ?? 0)) < 1e-4)
            #expect((mark.attributes["fill"] == Theme.light.accent) == (pair.verdict == .supported))
        }
        #expect(try self.figure("published", report).svg.contains(agreement.tauWords))
        #expect(report.page.contains("3 published orders: "))
        try Samples.remove(store.path)
    }

    @Test func barsBeginAtZeroAndAreAsLongAsTheirValues() throws {
        let figure = try figure("memory", try ReportSamples.report())
        let bars = try marks(figure, "rect")
        let ruler = try horizontal(figure)
        #expect(bars.count == 4)
        for bar in bars {
            let start = try #require(bar.attributes["x"].flatMap(Double.init))
            let length = try #require(bar.attributes["width"].flatMap(Double.init))
            #expect(abs(ruler.value(start)) < 0.1)
            #expect(abs(ruler.value(start + length) - 50) < 0.1, "50.0 MB")
        }
    }

    @Test func layoutsAreDrawnBlockByBlock() throws {
        let figure = try figure("layouts", try ReportSamples.report())
        let blocks = try marks(figure, "rect").map(\.tip).filter { $0.hasPrefix("stage ") }
        #expect(blocks.count == 4 * 14)
        #expect(blocks.contains("stage 3, block 8: attention"))
        #expect(blocks.filter { $0.hasSuffix("attention") }.count == 6 + 6 + 6)
    }

    @Test func scalesHaveRoundTicksThatCoverTheValues() {
        for values in [[0.1, 0.9], [0.9132, 0.9141], [5, 5], [0, 0], [-3, 8], [1_200_000, 1_100_000]] {
            let scale = LinearScale(values, from: 0, to: 400)
            #expect(scale.ticks.count >= 2 && scale.ticks.count <= 11, "\(values)")
            for value in values { #expect((0...400).contains(scale(value))) }
            #expect(Set(scale.ticks.map { scale.text($0) }).count == scale.ticks.count, "ticks look different")
        }
    }

    @Test func everyInkIsDrawnInBothThemes() {
        for ink in Ink.allCases {
            #expect(PageStyle.sheet.components(separatedBy: ".\(ink.className){").count == 3)
        }
    }

    @Test func layoutsInATerminal() throws {
        let pictures = try ["C | C3 | M4 A4 | M2 A2", "C | C | A M | M"].map {
            try #require(LayoutPicture($0, reportVocabulary))
        }
        let text = LayoutText.render([("last", pictures[0]), ("first", pictures[1])], style: TextStyle(width: 80))
        #expect(
            text == """
                last    C  │  C  C  C  │  M  M  M  M  A  A  A  A  │  M  M  A  A
                first   C  │  C        │  A  M                    │  M
                C conv, M mamba, A attention

                """)
        let narrow = LayoutText.render([(nil, pictures[0])], style: TextStyle(width: 30, usesColor: true))
        #expect(narrow.contains("\u{1b}[1;38;5;231;48;5;130mA\u{1b}[0m"))
    }
}
