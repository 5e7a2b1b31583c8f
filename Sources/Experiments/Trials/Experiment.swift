/// An experiment as its file states it, checked and complete: a question, the rows that answer it, and the seeds.
public struct Experiment: Sendable {
    public var name: String
    public var question: String
    /// The name of the row that the others are compared with.
    public var reference: String
    /// The rows of the table, in the file's order, sweeps expanded.
    public var rows: [Row]
    public var seeds: [Int]
    public var claims: [Claim]
    /// The metric of the table: `accuracy` unless the file says otherwise.
    public var metric: String
    /// The file's text, kept with the results.
    public var source: String

    /// One row of the table: a name, a layout and the settings it is trained with.
    public struct Row: Hashable, Sendable {
        public var name: String
        public var layout: Layout
        /// The canonical text of `layout`.
        public var canonicalLayout: String
        /// The values that a sweep gave this row, axis by axis: `train.lr` → `1e-3`.
        public var axes: [Axis]
        public var dataset: DatasetSettings
        public var backbone: BackboneSettings
        public var train: TrainSettings

        public init(
            name: String, layout: Layout, canonicalLayout: String, axes: [Axis], dataset: DatasetSettings,
            backbone: BackboneSettings, train: TrainSettings
        ) {
            self.name = name
            self.layout = layout
            self.canonicalLayout = canonicalLayout
            self.axes = axes
            self.dataset = dataset
            self.backbone = backbone
            self.train = train
        }

        /// The trial of this row with this seed.
        public func trial(seed: Int) -> TrialSpecification {
            TrialSpecification(
                layout: canonicalLayout, dataset: dataset, backbone: backbone, train: train, seed: seed)
        }
    }

    public struct Axis: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(
        name: String, question: String, reference: String, rows: [Row], seeds: [Int], claims: [Claim], metric: String,
        source: String
    ) {
        self.name = name
        self.question = question
        self.reference = reference
        self.rows = rows
        self.seeds = seeds
        self.claims = claims
        self.metric = metric
        self.source = source
    }
}

/// A statement that the summary tests: `last-half > first-half`.
public struct Claim: Hashable, Sendable, Codable {
    /// The row that is claimed to be better.
    public var better: String
    public var worse: String

    public init(better: String, worse: String) {
        self.better = better
        self.worse = worse
    }
}
