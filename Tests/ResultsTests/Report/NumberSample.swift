import Experiments
import Foundation

@testable import Results

/// Experiments that together have every table and figure that a page can have.
enum NumberSample: String, CaseIterable {
    /// Claims, parts, a published table, a diverged seed, rows of different cost.
    case complete
    /// Two of eight seeds, one of them in one row only.
    case unfinished
    /// Six placements, halved twice.
    case halved

    var experiment: String { "hybrid-pattern" }

    var baselines: [Summary.Baseline] {
        self == .complete
            ? [.init(name: "chance", value: 0.1), .init(name: "chance", part: "pairs=4", value: 0.25)] : []
    }

    /// The page's tables that belong to no figure, in its order.
    var tables: [String] {
        switch self {
        case .complete: ["claims", "ablation", "parts", "order", "fronts", "all-trials"]
        case .unfinished: ["claims", "ablation", "fronts", "all-trials"]
        case .halved: ["claims", "ablation", "placements-1", "fronts", "all-trials"]
        }
    }

    func store() throws -> Store {
        switch self {
        case .complete:
            var outcomes = SummarySamples.pattern
            for (place, published) in [82.3, 81.5, 81.6].enumerated() { outcomes[place].published = published }
            for place in outcomes.indices { outcomes[place].speed = 100 + Double(place * place) * 2.3 }
            let claims = SummarySamples.patternClaims + [Claim(better: "mixed", worse: "first-half")]
            return try SummarySamples.store(outcomes, claims: claims, parts: [4, 8])
        case .unfinished:
            var outcomes = ReportSamples.pattern(seedsDone: 2)
            outcomes[1].values = Array(outcomes[1].values.prefix(1))
            return try SummarySamples.store(outcomes)
        case .halved: return try Self.halvedStore()
        }
    }

    /// All rows are trained for an epoch, three go on, of which one is not trained to the end.
    private static func halvedStore() throws -> Store {
        let places = ["0,1", "0,2", "0,3", "1,2", "1,3", "2,3"]
        let outcomes = places.enumerated().map { index, placement in
            var outcome = SummarySamples.Outcome(
                row: "half placement=\(placement)", layout: layout(placement), values: [])
            outcome.placement = placement
            if index > 3 {
                outcome.values = (0..<3).map { 0.6 + 0.03 * Double(index) + 0.011 * Double(($0 * 5 + index) % 4) }
            }
            return outcome
        }
        let claims = [Claim(better: "half placement=2,3", worse: "half placement=1,3")]
        let store = try SummarySamples.store(outcomes, claims: claims, seeds: 3)
        for (index, outcome) in outcomes.enumerated() where index <= 3 {
            for seed in 0..<3 {
                try stop(outcome.layout, seed, 0.31 + 0.017 * Double((index * 7 + seed * 3) % 5), store)
            }
        }
        let always: Set = ["half placement=2,3", "half placement=1,3"]
        let plan = HalvingPlan(epochs: 4, keep: 0.5)
        let first = try store.decide(
            rung: 0, of: plan, rows: outcomes.map(\.row), seeds: [0, 1, 2], always: always, experiment: "hybrid-pattern"
        )
        let left = first.filter { $0.decision != .stopped }.map(\.row)
        for outcome in outcomes where left.contains(outcome.row) && outcome.values.isEmpty {
            for seed in 0..<3 { try proceed(outcome.layout, seed, 0.4 + 0.01 * Double(seed), store) }
        }
        _ = try store.decide(
            rung: 1, of: plan, rows: left, seeds: [0, 1, 2], always: always, experiment: "hybrid-pattern")
        return store
    }

    /// `M4` with attention at two places.
    private static func layout(_ placement: String) -> String {
        (0..<4).map { placement.contains("\($0)") ? "A" : "M" }.joined(separator: " ")
    }

    private static func stop(_ layout: String, _ seed: Int, _ value: Double, _ store: Store) throws {
        guard let assignment = try store.claim(trial: "\(layout)/\(seed)") else { return }
        try store.apply(event: .started(Samples.provenance()), attempt: assignment.attempt)
        try store.apply(event: Samples.measurement(), attempt: assignment.attempt)
        try store.apply(event: .epoch(Samples.epoch(1, accuracy: value)), attempt: assignment.attempt)
        try store.apply(event: .failed(Failure(.paused, "paused after epoch 1")), attempt: assignment.attempt)
    }

    private static func proceed(_ layout: String, _ seed: Int, _ value: Double, _ store: Store) throws {
        guard let assignment = try store.claim(trial: "\(layout)/\(seed)") else { return }
        try store.apply(event: .started(Samples.provenance(resumedAfterEpoch: 1)), attempt: assignment.attempt)
        try store.apply(event: .epoch(Samples.epoch(2, accuracy: value)), attempt: assignment.attempt)
        try store.apply(event: .failed(Failure(.paused, "paused after epoch 2")), attempt: assignment.attempt)
    }
}
