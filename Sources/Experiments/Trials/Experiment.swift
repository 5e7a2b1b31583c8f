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
    /// Axes of the sweep of which each row shows its best value, chosen on validation; none where every value is a row.
    public var selectedAxes: [String]
    /// The metric of the table: `accuracy` unless the file says otherwise.
    public var metric: String
    /// Where the file names the metric; nil where it does not.
    public var metricPlace: Diagnostic.Place?
    /// The file's text, kept with the results.
    public var source: String
    /// A paper's numbers to stand beside the measured ones.
    public var published: Published?
    public var notes: String?

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
        /// The name in `layouts:` that the row comes from: its own name unless a sweep made several rows of it.
        public var entry: String
        /// Where in the file the row is written; nil for rows that come from no file.
        public var place: Diagnostic.Place?
        /// Where the row's data set is named; nil where nothing names it.
        public var datasetPlace: Diagnostic.Place?

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
            entry = name
        }

        /// The row without its values of these axes: what the rows have in common among which a selection chooses.
        func without(_ axes: [String]) -> Row {
            var row = self
            row.axes.removeAll { axes.contains($0.name) }
            row.name = Row.name(entry, row.axes)
            return row
        }

        /// What a row is called that a sweep made of an entry: `half train.lr=1e-3 placement=0,1`.
        package static func name(_ entry: String, _ axes: [Axis]) -> String {
            axes.reduce(entry) { "\($0) \($1.name)=\($1.value)" }
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
        source: String, published: Published? = nil, notes: String? = nil, selectedAxes: [String] = []
    ) {
        self.name = name
        self.question = question
        self.reference = reference
        self.rows = rows
        self.seeds = seeds
        self.claims = claims
        self.metric = metric
        self.source = source
        self.published = published
        self.notes = notes
        self.selectedAxes = selectedAxes
    }

    /// Numbers that a paper gives for rows, in the paper's unit.
    public struct Published: Hashable, Sendable, Codable {
        /// Where the numbers are from.
        public var source: String?
        public var values: [Value]

        public struct Value: Hashable, Sendable, Codable {
            public var row: String
            public var number: Double

            public init(row: String, number: Double) {
                self.row = row
                self.number = number
            }
        }

        public init(source: String?, values: [Value]) {
            self.source = source
            self.values = values
        }
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
