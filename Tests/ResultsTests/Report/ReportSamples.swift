import Experiments
import Results

/// The mixers of the samples' layouts.
let reportVocabulary = Vocabulary([
    MixerWord(keyword: "conv", letter: "C", summary: "two convolutions", options: []),
    MixerWord(keyword: "mamba", letter: "M", summary: "a scan", options: []),
    MixerWord(
        keyword: "attention", letter: "A", summary: "attention",
        options: [OptionDefinition("window", .integer(0...64), default: nil, summary: "window side")]),
])

/// Reports of invented experiments.
enum ReportSamples {
    /// A report of these outcomes; the store is gone when it returns.
    static func report(
        _ outcomes: [SummarySamples.Outcome] = SummarySamples.pattern, claims: [Claim] = SummarySamples.patternClaims,
        seeds: Int = 8, parts: [Int] = [], name: String = "hybrid-pattern", options: [String] = []
    ) throws -> Report {
        let store = try SummarySamples.store(outcomes, claims: claims, seeds: seeds, parts: parts, name: name)
        let summary = try Summary(store.reader, experiment: name)
        let report = try Report(store.reader, summary, vocabulary: reportVocabulary, options: options)
        try Samples.remove(store.path)
        return report
    }

    /// The pattern's rows with so many of their seeds run.
    static func pattern(seedsDone count: Int) -> [SummarySamples.Outcome] {
        SummarySamples.pattern.map { outcome in
            var outcome = outcome
            outcome.values = Array(outcome.values.prefix(count))
            return outcome
        }
    }

    /// Names that mean something to HTML, shells, SQL or a reader's eye.
    static let hostile = [
        "\"quoted\" & 'single'", "<script>alert(1)</script>", "50 % of_them \\ $x", "🦊 fox", "שכבה אחרונה",
        "</style></title>", "&lt;amp&gt;", "a\u{202e}b", "-->", "{{x}}",
    ]

    static func hostileOutcomes() -> [SummarySamples.Outcome] {
        hostile.enumerated().map { index, name in
            SummarySamples.Outcome(
                row: name, layout: index == 0 ? "M A" : "M\(index + 1) A",
                values: [0.9 - Double(index) / 100, 0.91 - Double(index) / 90, 0.905 - Double(index) / 80])
        }
    }
}
