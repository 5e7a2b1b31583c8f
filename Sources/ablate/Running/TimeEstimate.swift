import Experiments
import Networks
import Results

/// How long trials will take: as long as the same trials took with other seeds, else in proportion to their work.
struct TimeEstimate {
    /// Multiply–accumulates a second of one worker where nothing has been trained yet: half of what one thread of a 2020
    /// laptop reaches in this program's products.
    static let firstSpeed = 10e9

    private struct Work {
        var multiplyAccumulates: Double
        var measuredSeconds: Double?
    }

    private var works: [String: Work] = [:]
    private var speed: Double
    /// Whether anything that this machine did stands behind the numbers.
    private(set) var isMeasured = false

    init(_ input: ExperimentInput, _ censuses: [NetworkCensus], _ durations: [TrialDuration]) {
        speed = Self.firstSpeed
        var (known, knownSeconds) = (0.0, 0.0)
        for (prepared, census) in zip(input.rows, censuses) {
            let work = Self.work(of: prepared, census)
            let seconds = Self.measured(prepared.row, durations)
            works[prepared.row.name] = Work(multiplyAccumulates: work, measuredSeconds: seconds)
            if let seconds {
                known += work
                knownSeconds += seconds
            }
        }
        if knownSeconds > 0 {
            speed = known / knownSeconds
            isMeasured = true
        }
    }

    /// Seconds of one trial of this row.
    func seconds(ofRow name: String) -> Double {
        guard let work = works[name] else { return 0 }
        return work.measuredSeconds ?? work.multiplyAccumulates / speed
    }

    /// Forward once for every example, and twice as much backward for those that are trained on.
    private static func work(of prepared: ExperimentInput.PreparedRow, _ census: NetworkCensus) -> Double {
        let passes = 3 * prepared.trainExamples + prepared.evaluationExamples
        return Double(census.multiplyAccumulates) * Double(passes) * Double(prepared.row.train.epochs)
    }

    /// The median time of finished trials that differ in their seed or number of epochs only.
    private static func measured(_ row: Experiment.Row, _ durations: [TrialDuration]) -> Double? {
        let seconds = durations.filter { duration in
            duration.layout == row.canonicalLayout && duration.dataset == row.dataset.name
                && duration.width == row.backbone.width && duration.batch == row.train.batch
                && duration.trainExamples == row.dataset.train && duration.epochs > 0
        }.map { $0.wallSeconds * Double(row.train.epochs) / Double($0.epochs) }.sorted()
        return seconds.isEmpty ? nil : seconds[seconds.count / 2]
    }
}
