import Experiments
import Foundation
import Results

/// Experiments with invented results.
enum SummarySamples {
    struct Outcome {
        var row: String
        var layout: String
        /// One for each seed; nil for a trial that has not run, not a number for one that diverged.
        var values: [Double?]
        var parameters = 1_200_000
        /// Images a second in training; four times as many in inference.
        var speed = 100.0
        /// What a paper says of the row.
        var published: Double?
        /// Where a sweep puts blocks: `0,1`.
        var placement: String?
    }

    /// Three rows over eight seeds: `last` is clearly better than `first`, `none` diverges once.
    static let pattern = [
        Outcome(
            row: "last-half", layout: "C | C | M4 A4 | M2 A2",
            values: [0.9132, 0.9211, 0.9083, 0.9172, 0.9240, 0.9111, 0.9194, 0.9153]),
        Outcome(
            row: "first-half", layout: "C | C | A4 M4 | A2 M2",
            values: [0.9061, 0.9182, 0.9075, 0.9093, 0.9152, 0.9050, 0.9171, 0.9080]),
        Outcome(
            row: "mixed", layout: "C | C | (M A)4 | (M A)2",
            values: [0.9140, 0.9195, 0.9091, 0.9160, 0.9251, 0.9120, 0.9180, 0.9149]),
        Outcome(
            row: "all-mamba", layout: "C | C | M8 | M4",
            values: [0.8861, 0.8902, 0.8790, .nan, 0.8893, 0.8850, 0.8871, 0.8840], parameters: 1_100_000),
    ]

    static let patternClaims = [
        Claim(better: "last-half", worse: "first-half"), Claim(better: "last-half", worse: "mixed"),
        Claim(better: "last-half", worse: "all-mamba"), Claim(better: "first-half", worse: "last-half"),
    ]

    /// A store with these outcomes run into it.
    static func store(
        _ outcomes: [Outcome] = pattern, claims: [Claim] = patternClaims, seeds: Int = 8, parts: [Int] = [],
        name: String = "hybrid-pattern"
    ) throws -> Store {
        let store = try Store.open(path: Samples.path())
        var experiment = Samples.experiment(
            name: name, rows: outcomes.map { ($0.row, $0.layout) }, seeds: Array(0..<seeds), claims: claims)
        experiment.question = "Where should self-attention sit among Mamba mixers?"
        let published = outcomes.compactMap { row in
            row.published.map { Experiment.Published.Value(row: row.row, number: $0) }
        }
        if !published.isEmpty { experiment.published = .init(source: "A paper, Table 1", values: published) }
        for (place, outcome) in outcomes.enumerated() {
            experiment.rows[place].axes = outcome.placement.map { [.init(name: "placement", value: $0)] } ?? []
        }
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        for outcome in outcomes {
            for (seed, value) in outcome.values.enumerated() {
                guard let value else { continue }
                try run(outcome, seed, value, parts, store)
            }
        }
        return store
    }

    private static func run(_ row: Outcome, _ seed: Int, _ value: Double, _ parts: [Int], _ store: Store) throws {
        guard let assignment = try store.claim(trial: "\(row.layout)/\(seed)") else { return }
        let attempt = assignment.attempt
        try store.apply(event: .started(Samples.provenance()), attempt: attempt)
        try store.apply(event: Samples.measurement(parameters: row.parameters, speed: row.speed), attempt: attempt)
        guard !value.isNaN else {
            try store.apply(event: .failed(Failure(.diverged, "the loss is not a number")), attempt: attempt)
            return
        }
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: value - 0.1)), attempt: attempt)
        let named = parts.map { ("pairs=\($0)", value - Double($0) / 100) }
        try store.apply(
            event: Samples.outcome(value, parts: Dictionary(uniqueKeysWithValues: named)), attempt: attempt)
    }
}
