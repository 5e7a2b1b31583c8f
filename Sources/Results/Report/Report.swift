import Experiments

/// Everything that an experiment's page says: the summary, and what the store holds beside it.
public struct Report: Sendable {
    public let summary: Summary
    /// What the file says beside its question.
    public internal(set) var notes: String?
    /// The experiment file's text.
    public internal(set) var source = ""
    /// The rows whose layouts can be drawn, with the row's place in the summary.
    let pictures: [(row: SummaryRow, picture: LayoutPicture)]
    var curves: [LearningCurves] = []
    var trials: [ReportedTrial] = []
    var provenance = ReportProvenance()
    /// The rows that are worth each cost.
    let fronts: [CostFront]
    /// The commands that lead to this page.
    let commands: [String]

    /// Reads what belongs to a summary.
    ///
    /// - Parameters:
    ///   - vocabulary: the mixers' words, to read layouts with.
    ///   - options: what was asked of the summary on the command line, to be asked again.
    /// - Throws: ``StoreError``.
    public init(
        _ reader: StoreReader, _ summary: Summary, vocabulary: Vocabulary, options: [String] = []
    ) throws {
        self.summary = summary
        fronts = summary.fronts()
        pictures = summary.rows.compactMap { row in
            LayoutPicture(row.layout, vocabulary).map { (row, $0) }
        }
        let file = ShellText.quoted(summary.name + ".yaml")
        let name = ShellText.quoted(summary.name)
        let asked = options.map { " " + ShellText.quoted($0) }.joined()
        commands = [
            "ablate run \(file)", "ablate report \(name)\(asked) -o \(ShellText.quoted(summary.name + ".html"))",
        ]
        try read(reader)
    }

    /// Every picture that there are numbers for, in the page's order.
    public var figures: [Figure] {
        PublishedFigure.all(summary) + [LayoutsFigure.draw(self)].compactMap { $0 } + LandscapeFigure.all(summary)
            + [SurvivorsFigure.draw(summary), MeansFigure.draw(summary), DifferencesFigure.draw(summary)].compactMap {
                $0
            }
            + CostFigure.all(summary, fronts) + CurvesFigure.all(self) + ResourceFigure.all(summary)
    }

    /// The names of all pictures that a report can have; several landscapes are `landscape`, `landscape-2` and so on.
    public static let figureNames =
        ["published", "pairs", "layouts", "landscape", "survivors", "means", "differences"]
        + CostFront.Cost.allCases.map(\.figureName) + ["learning", "training-loss", "time", "memory"]
}

/// One trial as the page's list of trials has it.
struct ReportedTrial: Hashable, Sendable {
    var row: String
    var seed: Int
    var state: TrialState
    var value: Double?
    /// The epoch whose weights are the result.
    var selectedEpoch: Int?
    var epochs: Int
    var wallSeconds: Double?
    var attempts: Int
    /// Why it has no result.
    var message: String?
    var identity: String
}

/// With what and when the trials ran; each list holds the different values once.
struct ReportProvenance: Hashable, Sendable {
    var versions: [String] = []
    var engines: [String] = []
    var processors: [String] = []
    var compilers: [String] = []
    var products: [String] = []
    var systems: [String] = []
    var threads: [String] = []
    var datasets: [String] = []
    var digests: [String] = []
    /// Trials that began, the first start and the last end, UTC.
    var attempts = 0
    var firstStart: String?
    var lastEnd: String?
}
