import Experiments

/// A trial that is being trained, as a line of a table.
public struct TrialProgress: Hashable, Sendable {
    /// The rows that it serves: `last-half`, `first = same`.
    public var row: String
    public var seed: Int
    /// The epoch that is being trained, from 1.
    public var epoch: Int
    public var epochs: Int
    /// The training loss of the last whole epoch.
    public var loss: Double?
    /// The metric that the experiment is about, after the last whole epoch.
    public var value: Double?
    /// Training images a second, without evaluation where that is known.
    public var imagesPerSecond: Double?
    /// The time that the trial will still take; nil as long as that is a guess.
    public var remaining: Duration?
}

extension RunProgress {
    /// The trials that are being trained, in the order in which they were begun.
    public func trials(at now: Duration) -> [TrialProgress] {
        running.map { running in
            TrialProgress(
                row: running.trial.label.row, seed: running.trial.label.seed,
                epoch: min(running.epochs + 1, running.trial.epochs), epochs: running.trial.epochs, loss: running.loss,
                value: running.latest?.value, imagesPerSecond: running.speed.imagesPerSecond,
                remaining: running.speed.remaining(at: running.fraction, now))
        }
    }
}

/// How fast one trial goes.
struct TrialSpeed: Sendable {
    let batch: Int
    let epochs: Int
    /// The training's part that was done when this attempt began, and when that was.
    private var start: (fraction: Double, time: Duration)
    /// The first step of the epoch that was heard of, and when.
    private var mark: (step: Int, time: Duration)?
    private var steps = 0
    private(set) var imagesPerSecond: Double?
    /// Whether a whole epoch's training time stands behind the speed.
    private var isWhole = false

    init(batch: Int, epochs: Int, at now: Duration) {
        self.batch = batch
        self.epochs = epochs
        start = (0, now)
    }

    /// The training begins, or goes on where a checkpoint was.
    mutating func start(at fraction: Double, _ now: Duration) {
        start = (fraction, now)
    }

    mutating func take(step: Int, of steps: Int, at now: Duration) {
        self.steps = steps
        guard let mark, step > mark.step, now > mark.time else {
            mark = (step, now)
            return
        }
        if !isWhole { imagesPerSecond = Double((step - mark.step) * batch) / ((now - mark.time) / .seconds(1)) }
    }

    /// An epoch is over: its own training time is the better measure.
    mutating func take(_ report: EpochReport) {
        mark = nil
        guard steps > 0, report.trainSeconds > 0 else { return }
        imagesPerSecond = Double(steps * batch) / Double(max(epochs, 1)) / report.trainSeconds
        isWhole = true
    }

    func remaining(at fraction: Double, _ now: Duration) -> Duration? {
        let gained = fraction - start.fraction
        guard gained >= WorkClock.leastWork else { return nil }
        return (now - start.time) * ((1 - fraction) / gained)
    }
}
