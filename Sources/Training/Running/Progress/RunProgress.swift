import Experiments

/// What is known of a run's progress, as lines of text: built from the coordinator's news, shown by whoever likes.
public struct RunProgress: Sendable {
    /// A trial that is being trained.
    struct Running: Sendable {
        let trial: ClaimedTrial
        let begun: Duration
        var speed: TrialSpeed
        /// The epochs that an earlier attempt had done.
        var resumedEpochs = 0
        var epochs = 0
        /// The part of the trial's steps that is done, in 0...1.
        var fraction = 0.0
        var latest: Metric?
        var loss: Double?

        init(_ trial: ClaimedTrial, at now: Duration) {
            self.trial = trial
            begun = now
            speed = TrialSpeed(batch: trial.job.specification.train.batch, epochs: trial.epochs, at: now)
        }
    }

    /// How many trials this run has to do.
    public let total: Int
    /// The metric that lines show, as the experiment file writes it: `accuracy`, `accuracy pairs=4`.
    public let metric: String
    public private(set) var finished = 0
    public private(set) var failed = 0
    /// Trials of this run that other processes have ended.
    private(set) var elsewhere = 0
    private(set) var running: [Running] = []
    private var clock = WorkClock()
    public private(set) var isStopping = false

    public init(total: Int, metric: String) {
        self.total = total
        self.metric = metric
    }

    /// Takes in one piece of news.
    ///
    /// - Parameter now: The time since the run began.
    /// - Returns: The line that a log keeps of it; nil where it is not worth one.
    public mutating func take(_ news: RunNews, at now: Duration) -> ProgressLine? {
        switch news {
        case .claimed(let trial):
            running.append(Running(trial, at: now))
            return nil
        case .takenOver(let trial):
            guard let index = running.firstIndex(where: { $0.trial.attempt == trial.attempt }) else { return nil }
            return end(
                index, .note, "\(trial.label): taken over by another process, which had heard nothing of this one",
                at: now)
        case .endedElsewhere(let count):
            elsewhere = count
            return nil
        case .remark(let text):
            return ProgressLine(.note, text)
        case .stopping(let isForced):
            isStopping = true
            return ProgressLine(
                .note,
                isForced
                    ? "Killing the workers."
                    : "Stopping: each worker ends its step. Press Ctrl-C again to kill them; nothing finished is lost.")
        case .event(let trial, let event):
            guard let index = running.firstIndex(where: { $0.trial.attempt == trial.attempt }) else { return nil }
            return take(event, ofRunning: index, at: now)
        }
    }

    private mutating func take(_ event: RunEvent, ofRunning index: Int, at now: Duration) -> ProgressLine? {
        let trial = running[index].trial
        switch event {
        case .started(let provenance):
            running[index].resumedEpochs = provenance.resumedAfterEpoch
            running[index].epochs = provenance.resumedAfterEpoch
            advance(index, to: Double(provenance.resumedAfterEpoch) / Double(max(trial.epochs, 1)), at: now)
            running[index].speed.start(at: running[index].fraction, now)
            guard provenance.resumedAfterEpoch > 0 else { return nil }
            return ProgressLine(.epoch, "\(trial.label): goes on after epoch \(provenance.resumedAfterEpoch)")
        case .progress(let step, let steps):
            advance(index, to: Double(step) / Double(max(steps, 1)), at: now)
            running[index].speed.take(step: step, of: steps, at: now)
            return nil
        case .epoch(let report):
            running[index].epochs = report.epoch
            running[index].latest = report.metrics.shownWhileTraining(metric)
            running[index].loss =
                report.metrics.first { $0.split == .train && $0.name == "loss" && $0.part.isEmpty }?.value
            running[index].speed.take(report)
            advance(index, to: Double(report.epoch) / Double(max(trial.epochs, 1)), at: now)
            guard report.epoch > running[index].resumedEpochs else { return nil }
            let shown = report.metrics.shownWhileTraining(metric).map { ", \($0.text)" } ?? ""
            return ProgressLine(.epoch, "\(trial.label): epoch \(report.epoch)/\(trial.epochs)\(shown)")
        case .measured, .gradientsChecked:
            return nil
        case .note(let text):
            return ProgressLine(.note, "\(trial.label): \(text)")
        case .finished(let outcome):
            finished += 1
            let shown = outcome.metrics.shown(metric).map { ", \($0.text)" } ?? ""
            return end(index, .done, "\(count) \(trial.label): done\(shown)", at: now)
        case .failed(let failure):
            if failure.reason == .paused {
                finished += 1
                return end(index, .done, "\(count) \(trial.label): \(failure.message)", at: now)
            }
            guard failure.reason != .interrupted else {
                return end(index, .note, "\(trial.label): interrupted. \(failure.message)", at: now)
            }
            failed += 1
            return end(
                index, .failed, "\(count) \(trial.label): \(failure.reason.rawValue). \(failure.message)", at: now)
        }
    }

    /// `[3/9]`: trials that have ended, here or elsewhere, of all.
    public var count: String { "[\(ended)/\(total)]" }

    private var ended: Int { min(total, finished + failed + elsewhere) }

    private mutating func advance(_ index: Int, to fraction: Double, at now: Duration) {
        let fraction = min(max(fraction, 0), 1)
        let gained = fraction - running[index].fraction
        running[index].fraction = fraction
        let isCatchingUp = running[index].epochs <= running[index].resumedEpochs
        clock.add(gained, isFree: isCatchingUp && running[index].resumedEpochs > 0)
    }

    private mutating func end(
        _ index: Int, _ kind: ProgressLine.Kind, _ text: String, at now: Duration
    ) -> ProgressLine {
        let ended = running.remove(at: index)
        clock.add(1 - ended.fraction, isFree: kind != .done)
        return ProgressLine(kind, "\(text) (\((now - ended.begun).brief))")
    }

    /// One line about everything, at most `width` characters: `[3/9] 41% · last-half, seed 1 epoch 4/10 · 2 min left`.
    public func status(width: Int, at now: Duration) -> String {
        var head = "\(count) \(percent)%"
        if failed > 0 { head += " · \(failed) failed" }
        let tail = isStopping ? " · stopping" : remaining(at: now).map { " · \($0.brief) left" } ?? ""
        let room = width - head.count - tail.count
        let middle = running.map { " · \($0.text)" }.joined()
        return String((head + middle.shortened(to: room) + tail).prefix(max(width, 0)))
    }

    /// Trials that are done, and the parts of those that are being trained.
    private var done: Double { Double(ended) + running.reduce(0) { $0 + $1.fraction } }

    /// The part of the run that is done, in 0...1.
    public var fraction: Double { min(1, done / Double(max(total, 1))) }

    public var percent: Int { Int(100 * fraction) }

    /// The time that the rest will take at the speed so far; nil as long as that is a guess.
    public func remaining(at now: Duration) -> Duration? {
        clock.remaining(work: Double(total) - done, at: now)
    }
}

extension RunProgress.Running {
    var text: String {
        let epoch = min(epochs + 1, trial.epochs)
        return "\(trial.label) epoch \(epoch)/\(trial.epochs)" + (latest.map { " \($0.shortValue)" } ?? "")
    }
}

/// One line of a run's log.
public struct ProgressLine: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case epoch, done, failed, note
    }

    public var kind: Kind
    public var text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
