import Foundation
import Testing

@testable import Results

/// What figures write beside their marks, and where their scales end.
@Suite struct FigureLabelTests {
    @Test(arguments: [
        (["half placement=0,1", "half placement=0,2"], ["0,1", "0,2"]),
        (
            ["two train.lr=1e-3 placement=0,1", "two train.lr=2e-3 placement=0,1", "one train.lr=1e-3 placement=0,1"],
            ["two 1e-3", "two 2e-3", "one 1e-3"]
        ),
        // Short names, names that would become equal or empty, and names of different make stay.
        (["last half", "last quarter"], ["last half", "last quarter"]),
        (["a very long name of a row", "another such name"], ["a very long name of a row", "another such name"]),
        (["placement=0,1 of the stage", "placement= of the stage"], ["placement=0,1", "placement="]),
        (["only one row with a long name"], ["only one row with a long name"]),
    ])
    func namesWithoutWhatAllShare(_ names: [String], _ labels: [String]) {
        let short = RowLabels(names)
        #expect(names.map { short[$0] } == labels)
        #expect(short.explanation(names[0]).isEmpty == (names == labels))
    }

    @Test func noRowOfASweepLooksLikeAnother() throws {
        let store = try NumberSample.halved.store()
        let report = try Report(
            store.reader, Summary(store.reader, experiment: "hybrid-pattern"), vocabulary: reportVocabulary)
        for figure in report.figures where figure.name != "pairs" {
            let texts = try PageReader(figure.svg).all("text").map(\.text)
            #expect(!texts.contains { $0.hasPrefix("half placement=") && $0.hasSuffix("…") }, "\(figure.name)")
        }
        #expect(
            report.figures.first { $0.name == "means" }?.caption.contains("0,1 stands for half placement=0,1") == true)
        try Samples.remove(store.path)
    }

    @Test func sharesEndAtZeroAndOne() throws {
        let report = try ReportSamples.report(
            [
                .init(row: "wide", layout: "M A", values: [0.99, 0.2, 0.9]),
                .init(row: "close", layout: "A M", values: [0.5, 0.51, 0.49]),
            ], claims: [], seeds: 3)
        let interval = try #require(report.summary.rows[0].meanInterval)
        #expect(interval.upperBound > 1 && interval.lowerBound < 0)
        let means = try #require(report.figures.first { $0.name == "means" })
        let ticks = try PageReader(means.svg).all("text").compactMap { Double($0.text.replacing("−", with: "-")) }
        #expect(ticks.max() == 100 && ticks.min() == 0)
        #expect(means.caption.contains("An arrow says"))
        #expect(!(try ReportSamples.report().figures.first { $0.name == "means" }?.caption.contains("arrow") ?? true))
    }

    @Test func speedsOfABusyMachineMakeNoFront() throws {
        var outcomes = SummarySamples.pattern
        outcomes[1].speed = 170
        let report = try ReportSamples.report(outcomes)
        #expect(report.fronts.map(\.cost) == [.parameters, .multiplyAccumulates])
        #expect(!report.figures.contains { $0.name.hasSuffix("-speed") })
        let note = "differ in speed by up to 1.7 times in training and 1.7 times in inference"
        #expect(report.summary.notes.contains { $0.contains(note) })
        let quiet = try ReportSamples.report()
        #expect(quiet.fronts.count == 4 && !quiet.summary.notes.contains { $0.contains("differ in speed") })
    }
}
