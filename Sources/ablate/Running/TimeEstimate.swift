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

    init(_ input: ExperimentInput, _ durations: [TrialDuration]) {
        speed = Self.firstSpeed
        var (known, knownSeconds) = (0.0, 0.0)
        for (index, row) in input.experiment.rows.enumerated() {
            let work = Self.work(of: row, input.networks[index].plan, input.examples[index])
            let seconds = Self.measured(row, durations)
            works[row.name] = Work(multiplyAccumulates: work, measuredSeconds: seconds)
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

    /// Forward once for every example, backward twice as much for those that are trained on. Zero where the census
    /// refuses the network, which the checks have then reported.
    private static func work(
        of row: Experiment.Row, _ plan: NetworkPlan, _ examples: (trained: Int, evaluated: Int)
    ) -> Double {
        let cost = Double(plan.multiplyAccumulates)
        return cost * Double(3 * examples.trained + examples.evaluated) * Double(row.train.epochs)
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
