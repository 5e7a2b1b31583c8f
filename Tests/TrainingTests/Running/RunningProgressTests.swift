import Experiments
import Testing
import Training

/// The lines that a run prints, and the time that it says is left.
@Suite struct RunningProgressTests {
    private static func trial(_ number: Int64) -> ClaimedTrial {
        ClaimedTrial(
            attempt: number, label: TrialLabel(rows: ["last-half"], seed: Int(number)),
            job: WorkerJob(specification: .sample(seed: Int(number)), execution: ExecutionSettings()))
    }

    private static func epoch(_ number: Int, _ accuracy: Double) -> RunEvent {
        .epoch(
            EpochReport(
                epoch: number,
                metrics: [
                    Metric(.train, "accuracy", 1), Metric(.test, "accuracy", 0.1234),
                    Metric(.validation, "accuracy", accuracy),
                ], learningRate: 1e-3,
                gradientNorm: 1, trainSeconds: 1, evaluationSeconds: 1))
    }

    private static func started(after epoch: Int) -> RunEvent {
        .started(
            Provenance(
                host: "h", processIdentifier: 1, processStart: 0, processor: "p", codeVersion: "v", compiler: "c",
                blas: "b", operatingSystem: "o", threads: 1, dataDigest: nil, resumedAfterEpoch: epoch))
    }

    @Test func linesOfOneTrial() {
        var progress = RunProgress(total: 2, metric: "accuracy")
        let trial = Self.trial(1)
        #expect(progress.take(.claimed(trial), at: .zero) == nil)
        let line = progress.take(.event(trial, Self.epoch(1, 0.98765)), at: .seconds(10))
        #expect(line?.text == "last-half, seed 1: epoch 1/10, validation accuracy 0.988")
        #expect(line?.kind == .epoch)
        let outcome = Outcome(
            epoch: 10, metrics: [Metric(.test, "accuracy", 0.05)], wallSeconds: 1, weightsDigest: "")
        let end = progress.take(.event(trial, .finished(outcome)), at: .seconds(125))
        #expect(end?.text == "[1/2] last-half, seed 1: done, test accuracy 0.050 (2 min 5 s)")
        #expect(progress.finished == 1)
    }

    @Test func failuresSayWhy() {
        var progress = RunProgress(total: 2, metric: "accuracy")
        let trial = Self.trial(1)
        _ = progress.take(.claimed(trial), at: .zero)
        let line = progress.take(.event(trial, .failed(Failure(.diverged, "The loss is NaN."))), at: .seconds(3))
        #expect(line?.text == "[1/2] last-half, seed 1: diverged. The loss is NaN. (3 s)")
        #expect(line?.kind == .failed)
        #expect(progress.status(width: 80, at: .seconds(3)) == "[1/2] 50% · 1 failed")
    }

    @Test func whatOthersHaveEndedCounts() {
        var progress = RunProgress(total: 4, metric: "accuracy")
        let trial = Self.trial(1)
        _ = progress.take(.claimed(trial), at: .zero)
        #expect(progress.take(.endedElsewhere(2), at: .seconds(1)) == nil)
        #expect(progress.status(width: 80, at: .seconds(1)).hasPrefix("[2/4] 50% · "))
        let line = progress.take(.event(trial, .failed(Failure(.crashed, "It is gone."))), at: .seconds(2))
        #expect(line?.text.hasPrefix("[3/4] last-half, seed 1: ") == true, "\(String(describing: line))")
        _ = progress.take(.endedElsewhere(9), at: .seconds(3))
        #expect(progress.count == "[4/4]", "never more than there are")
    }

    @Test func timeLeftFollowsTheSpeed() {
        var progress = RunProgress(total: 4, metric: "accuracy")
        let (first, second) = (Self.trial(1), Self.trial(2))
        _ = progress.take(.claimed(first), at: .zero)
        _ = progress.take(.claimed(second), at: .zero)
        _ = progress.take(.event(first, .progress(step: 50, steps: 100)), at: .seconds(50))
        _ = progress.take(.event(second, .progress(step: 50, steps: 100)), at: .seconds(50))
        let status = progress.status(width: 120, at: .seconds(50))
        #expect(status.hasPrefix("[0/4] 25% · last-half, seed 1 epoch 1/10 · last-half, seed 2"), "\(status)")
        #expect(status.hasSuffix(" · 2 min 30 s left"), "\(status)")
    }

    @Test func resumedEpochsAreNoSpeed() {
        var progress = RunProgress(total: 1, metric: "accuracy")
        let trial = Self.trial(1)
        _ = progress.take(.claimed(trial), at: .zero)
        let line = progress.take(.event(trial, Self.started(after: 5)), at: .seconds(1))
        #expect(line?.text == "last-half, seed 1: goes on after epoch 5")
        #expect(progress.status(width: 80, at: .seconds(1)).hasSuffix("epoch 6/10"), "no forecast without work")
        let repeated = progress.take(.event(trial, Self.epoch(5, 0.5)), at: .seconds(1))
        #expect(repeated == nil, "what an earlier attempt did is no news")
        _ = progress.take(.event(trial, Self.epoch(6, 0.5)), at: .seconds(10))
        #expect(progress.status(width: 80, at: .seconds(10)).hasSuffix(" · 40 s left"))
    }

    @Test func aRunningTrialIsALineOfATable() {
        var progress = RunProgress(total: 2, metric: "accuracy")
        let trial = Self.trial(3)
        _ = progress.take(.claimed(trial), at: .zero)
        let begun = progress.trials(at: .seconds(1))[0]
        #expect(begun.row == "last-half" && begun.seed == 3 && begun.epoch == 1 && begun.epochs == 10)
        #expect(begun.imagesPerSecond == nil && begun.remaining == nil && begun.value == nil)
        _ = progress.take(.event(trial, .progress(step: 10, steps: 100)), at: .seconds(10))
        _ = progress.take(.event(trial, .progress(step: 20, steps: 100)), at: .seconds(20))
        let batch = Double(trial.job.specification.train.batch)
        let running = progress.trials(at: .seconds(20))[0]
        #expect(running.imagesPerSecond == batch, "ten steps in ten seconds")
        #expect(running.remaining == .seconds(80))
        _ = progress.take(.event(trial, Self.epoch(2, 0.5)), at: .seconds(25))
        let later = progress.trials(at: .seconds(25))[0]
        #expect(later.imagesPerSecond == 10 * batch, "an epoch's ten steps in its own second of training")
        #expect(later.value == 0.5 && later.epoch == 3)
        #expect(progress.percent == 10)
    }

    @Test(arguments: [0, 1, 10, 20, 40, 79, 200])
    func statusFitsTheWidth(_ width: Int) {
        var progress = RunProgress(total: 9, metric: "accuracy")
        for number in 1...4 {
            _ = progress.take(.claimed(Self.trial(Int64(number))), at: .zero)
        }
        #expect(progress.status(width: width, at: .seconds(1)).count <= width)
    }

    @Test(arguments: [
        (0, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (660, "11 min"), (3600, "1 h 0 min"), (90_061, "1 d 1 h"),
    ])
    func durationsAreBrief(_ seconds: Int, _ text: String) {
        #expect(Duration.seconds(seconds).brief == text)
    }
}
