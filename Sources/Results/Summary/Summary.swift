/// What an experiment's numbers say: its table and its claims, computed from the store.
///
/// The unit is the seed. A row's mean and spread are over the seeds that are done; it is compared with the reference
/// over the seeds that both have done. A seed that diverged counts as run, without a value: it stays in the row's
/// total, is listed in the notes, and leaves each claim about the row undecided.
public struct Summary: Hashable, Sendable {
    public var name: String
    public var question: String
    public var metric: SummaryMetric
    public var reference: String
    public var seeds: [Int]
    public var rows: [SummaryRow]
    public var claims: [ClaimResult]
    /// Parts of the test split that are measured alone, such as `pairs=4`, in ascending order.
    public var parts: [String]
    public var baselines: [Baseline]
    /// Where the published values are from.
    public var publishedSource: String?
    /// How far the measured order is the published one; nil without published values.
    public var agreement: Agreement?
    /// Where seeds were added as claims needed them: the plan of looks that p-values are corrected by.
    public var plan: SequentialPlan?
    /// Where rows were stopped early: what became of them.
    public var bracket: Bracket?
    /// How the metric depends on where blocks were placed, for each sweep over placements.
    public var landscapes: [Landscape] = []
    /// How many trials of its rows a person has removed: they count nowhere, and the notes say so.
    public var removedTrials = 0
    /// What was chosen for each row on validation, in words; nil where nothing was.
    public var selection: String?
    /// Where rows lack some trials, what differs besides the layout, what the test cannot show.
    public var notes: [String]

    /// A number that needs no training, to stand beside the rows: chance, the most common answer.
    public struct Baseline: Hashable, Sendable {
        public var name: String
        /// The part of the test split; empty for the whole.
        public var part: String
        public var value: Double

        public init(name: String, part: String = "", value: Double) {
            self.name = name
            self.part = part
            self.value = value
        }
    }

    /// Whether every trial has ended with or without a value, and none was removed.
    public var isComplete: Bool {
        removedTrials == 0
            && rows.allSatisfy { row in row.outcomes.allSatisfy { $0.state == .done || $0.state == .diverged } }
    }
}

/// One row of the summary.
public struct SummaryRow: Hashable, Sendable {
    public var name: String
    public var layout: String
    /// What a sweep gave the row.
    public var axes: [[String]]
    public var isReference: Bool
    /// One for each seed of the experiment, in the file's order.
    public var outcomes: [SeedOutcome]
    public var size: NetworkSize?
    /// Mean time of a finished trial.
    public var wallSeconds: Double?
    public var published: Double?
    /// The row minus the reference; nil for the reference.
    public var comparison: Comparison?
    /// Whether no row has a better mean.
    public var isBest = false

    public var values: [Double] { outcomes.compactMap(\.value) }
    public var mean: Double? { Moments.mean(values) }
    public var standardDeviation: Double? { Moments.standardDeviation(values) }

    /// The 95 % t interval of the row's own mean over its seeds; nil of fewer than two.
    public var meanInterval: ClosedRange<Double>? { PairedDifferences(values).interval() }

    /// The mean over seeds of one part.
    public func mean(part: String) -> Double? {
        Moments.mean(outcomes.compactMap { $0.parts[part] })
    }

    /// Whether more seeds can't help: all have diverged.
    var hasOnlyDiverged: Bool { !outcomes.isEmpty && count(.diverged) == outcomes.count }

    public func count(_ state: TrialState) -> Int {
        outcomes.count { $0.state == state }
    }
}

/// What became of one seed of a row.
public struct SeedOutcome: Hashable, Sendable {
    public var seed: Int
    public var state: TrialState
    public var identity: String
    /// The metric on the whole test split; nil without a result.
    public var value: Double?
    public var parts: [String: Double]
    /// Whether the trial computed blocks twice (`--recompute`), in less memory and more time; nil where it was not measured.
    public var recomputation: Recomputation?

    public enum Recomputation: Hashable, Sendable {
        case yes, no
        /// An older version trained it, which did not say.
        case unknown
    }
}

/// A network's size and speed over a row's seeds.
public struct NetworkSize: Hashable, Sendable {
    public var parameters: Int
    public var multiplyAccumulates: Int
    public var activationBytes: Int
    /// The highest of the seeds.
    public var peakResidentBytes: Int
    /// Images a second: the median over seeds of their medians.
    public var trainingThroughput: Double?
    public var inferenceThroughput: Double?
}

/// A claim and what the numbers say of it.
public struct ClaimResult: Hashable, Sendable {
    /// The row that is claimed to be better.
    public var better: String
    public var worse: String
    public var verdict: Verdict
    /// Why it is undecided.
    public var reason: String?
    /// The better row minus the other; nil where a row is unknown.
    public var comparison: Comparison?
}
