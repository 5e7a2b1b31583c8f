import Experiments
import Networks
import Results
import Training

/// How long trials will take: as long as trials of the same work took, else in proportion to their work.
struct TimeEstimate {
    /// What the numbers stand on, the best first.
    enum Ground {
        /// Trials of each network on the same data, with other seeds or numbers of epochs.
        case sameTrials
        /// The speed of networks that this processor has trained.
        case otherTrials
        case guess
    }

    /// Multiply–accumulates a second of one worker where nothing has been trained yet: what this project's experiments
    /// reach in training on one core of a server of 2023.
    static let firstSpeed = 25e9
    /// A trial's start and end: a process, the data, the network's first values.
    static let overhead = 0.25
    /// Where the training itself has too few steps to be timed, so many are made for the timing.
    private static let measuredSteps = 8

    private(set) var ground = Ground.guess
    private var rows: [String: Double] = [:]

    init(_ input: ExperimentInput, _ censuses: [NetworkCensus], _ durations: [TrialDuration]) {
        let known = Dictionary(grouping: durations, by: \.layout)
        let speed = Self.speed(durations)
        var isKnown = true
        for (prepared, census) in zip(input.rows, censuses) {
            let measured = Self.measured(prepared.row, known[prepared.row.canonicalLayout] ?? [])
            isKnown = isKnown && measured != nil
            rows[prepared.row.name] =
                measured ?? Self.overhead + Self.work(of: prepared, census) / (speed ?? Self.firstSpeed)
        }
        ground = isKnown ? .sameTrials : speed != nil ? .otherTrials : .guess
    }

    /// Seconds of one trial of this row.
    func seconds(ofRow name: String) -> Double { rows[name] ?? 0 }

    /// Forward once for every example, and twice as much backward for those that are trained on; and the steps that are
    /// made for the timing alone.
    private static func work(of prepared: ExperimentInput.PreparedRow, _ census: NetworkCensus) -> Double {
        let train = prepared.row.train
        let passes = (3 * prepared.trainExamples + prepared.evaluationExamples) * train.epochs
        let examples = max(1, min(train.batch, prepared.trainExamples))
        let steps = prepared.trainExamples / examples * train.epochs
        let batches = prepared.evaluationExamples / examples * train.epochs
        let isTooShort = min(steps, batches) <= SpeedMeter.warmup
        let timing = isTooShort ? measuredSteps * 4 * examples : 0
        return Double(census.multiplyAccumulates) * Double(passes + timing)
    }

    /// The median speed in multiply–accumulates a second of the latest trials; nil where there are none.
    private static func speed(_ durations: [TrialDuration]) -> Double? {
        let speeds = durations.prefix(100).compactMap { duration in
            duration.imagesPerSecond.flatMap { images in
                duration.multiplyAccumulates.map { 3 * Double($0) * images }
            }
        }.sorted()
        return speeds.isEmpty ? nil : speeds[speeds.count / 2]
    }

    /// The median time of finished trials that differ in nothing that takes time but the number of epochs.
    private static func measured(_ row: Experiment.Row, _ durations: [TrialDuration]) -> Double? {
        guard !durations.isEmpty, let own = work(inCanonical: row.trial(seed: 0).canonicalJSON) else { return nil }
        let seconds = durations.filter { $0.epochs > 0 && work(inCanonical: $0.canonical) == own }
            .map { overhead + max(0, $0.wallSeconds - overhead) * Double(row.train.epochs) / Double($0.epochs) }
            .sorted()
        return seconds.isEmpty ? nil : seconds[seconds.count / 2]
    }

    /// The fields of a canonical form that a step's time depends on.
    private static func work(inCanonical text: String) -> [String: String]? {
        TrialSpecification.fieldTexts(ofCanonical: text)?.filter { field, _ in
            field == "layout" || field == "train.batch" || field.hasPrefix("backbone.") || field.hasPrefix("dataset.")
        }
    }
}
