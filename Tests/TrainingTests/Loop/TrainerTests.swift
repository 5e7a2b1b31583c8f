import Experiments
import Foundation
import Testing
import Training

/// Whole trials, small enough for a debug build.
@Suite struct TrainerTests {
    static func specification(_ change: (inout TrialSpecification) -> Void = { _ in }) -> TrialSpecification {
        var dataset = settings("recall-grid", train: 64, validation: 16, test: 8)
        dataset.size = 32
        dataset.pairs = [2]
        dataset.testPairs = [2, 4]
        var backbone = BackboneSettings()
        backbone.width = 8
        backbone.headWidth = 8
        backbone.mlpRatio = 2
        var train = TrainSettings()
        train.epochs = 3
        train.batch = 16
        train.learningRate = 5e-3
        train.dropPath = 0.1
        var specification = TrialSpecification(
            layout: "M A", dataset: dataset, backbone: backbone, train: train, seed: 1)
        change(&specification)
        return specification
    }

    /// Everything that a trial reports.
    static func run(
        _ specification: TrialSpecification, threads: Int = 1, recomputes: Bool = false, checkpoint: String? = nil,
        stopAfter steps: Int = .max
    ) throws -> [RunEvent] {
        var events: [RunEvent] = []
        var done = 0
        var trainer = Trainer(specification, threads: threads, checkpoint: checkpoint)
        trainer.recomputes = recomputes
        try trainer.run(
            shouldStop: {
                done += 1
                return done >= steps
            }, report: { events.append($0) })
        return events
    }

    static func outcome(_ events: [RunEvent]) throws -> Outcome {
        guard case .finished(let outcome) = try #require(events.last) else {
            throw Failure(.crashed, "the last event is no outcome")
        }
        return outcome
    }

    static func notes(_ events: [RunEvent]) -> [String] {
        events.compactMap { event in
            guard case .note(let text) = event else { return nil }
            return text
        }
    }

    static func reports(_ events: [RunEvent]) -> [EpochReport] {
        events.compactMap { event in
            guard case .epoch(let report) = event else { return nil }
            return report
        }
    }

    @Test func aTrialReportsItsWholeStory() throws {
        let events = try TrainerTests.run(TrainerTests.specification())
        guard case .started(let provenance) = events[0] else {
            Issue.record("the first event is \(events[0])")
            return
        }
        #expect(provenance.threads == 1 && provenance.resumedAfterEpoch == 0 && provenance.processStart > 1e9)
        let reports = TrainerTests.reports(events)
        #expect(reports.map(\.epoch) == [1, 2, 3])
        let names = Set(reports[0].metrics.map { "\($0.split) \($0.name) \($0.part)" })
        let expected =
            ["train", "validation", "test"].flatMap { ["\($0) loss ", "\($0) accuracy "] }
            + [2, 4].flatMap { ["test loss pairs=\($0)", "test accuracy pairs=\($0)"] }
        #expect(names == Set(expected))
        #expect(reports.allSatisfy { $0.metrics.allSatisfy { $0.value.isFinite } && $0.gradientNorm > 0 })
        #expect(events.count { if case .progress = $0 { true } else { false } } == 12)
        #expect(events.count { if case .gradientsChecked = $0 { true } else { false } } == 1)
        guard case .gradientsChecked(let parameters) = events[1] else {
            Issue.record("the second event is \(events[1])")
            return
        }
        #expect(parameters > 10)
        let outcome = try TrainerTests.outcome(events)
        #expect(outcome.epoch == 3 && outcome.metrics == reports[2].metrics && outcome.weightsDigest.count == 64)
        guard case .measured(let measurement) = events[events.count - 2] else {
            Issue.record("nothing was measured")
            return
        }
        #expect(measurement.parameters > 1000 && measurement.multiplyAccumulates > measurement.parameters)
        #expect(measurement.activationBytes > 0 && measurement.peakResidentBytes > measurement.activationBytes)
    }

    @Test func trainingReducesTheLoss() throws {
        let events = try TrainerTests.run(
            TrainerTests.specification {
                $0.dataset.train = 16
                $0.dataset.validation = 0
                $0.dataset.test = 1
                $0.train.epochs = 60
                $0.train.learningRate = 1e-2
                $0.train.dropPath = 0
                $0.train.weightDecay = 0
            })
        let losses = TrainerTests.reports(events).map { report in
            report.metrics.first { $0.split == .train && $0.name == "loss" }?.value ?? .nan
        }
        #expect(losses[0] > 1.9)
        #expect(losses[59] < 1.5)
    }

    /// Drop path, batch norm's running averages and every mixer come to the same when blocks run twice.
    @Test(arguments: ["C | M N | A I", "C C | B | G A"])
    func blocksThatRunAgainChangeNoBit(layout: String) throws {
        let specification = TrainerTests.specification { $0.layout = layout }
        let events = try [false, true].map { try TrainerTests.run(specification, recomputes: $0) }
        let outcomes = try events.map(TrainerTests.outcome)
        #expect(outcomes[0].weightsDigest == outcomes[1].weightsDigest)
        let reports = events.map(TrainerTests.reports)
        #expect(reports[0].map(\.metrics) == reports[1].map(\.metrics))
        #expect(reports[0].map(\.gradientNorm) == reports[1].map(\.gradientNorm))
    }

    @Test func theNumberOfThreadsChangesNoBit() throws {
        let one = try TrainerTests.run(TrainerTests.specification(), threads: 1)
        let two = try TrainerTests.run(TrainerTests.specification(), threads: 2)
        #expect(try TrainerTests.outcome(one).weightsDigest == TrainerTests.outcome(two).weightsDigest)
        #expect(TrainerTests.reports(one).map(\.metrics) == TrainerTests.reports(two).map(\.metrics))
    }

    @Test func theSeedChangesTheOutcome() throws {
        let one = try TrainerTests.run(TrainerTests.specification())
        let two = try TrainerTests.run(TrainerTests.specification { $0.seed = 2 })
        #expect(try TrainerTests.outcome(one).weightsDigest != TrainerTests.outcome(two).weightsDigest)
    }

    @Test(arguments: [TrainSettings.Optimizer.adamw, .lamb])
    func anInterruptionChangesNoBit(optimizer: TrainSettings.Optimizer) throws {
        let specification = TrainerTests.specification {
            $0.train.optimizer = optimizer
            $0.train.averageDecay = 0.9
        }
        let whole = try TrainerTests.run(specification)
        let folder = try TemporaryFolder()
        let path = folder.path + "/trial"
        for steps in [6, 5] {
            let failure = performingFailure { try TrainerTests.run(specification, checkpoint: path, stopAfter: steps) }
            #expect(failure?.reason == .interrupted)
        }
        let resumed = try TrainerTests.run(specification, checkpoint: path)
        guard case .started(let provenance) = resumed[0] else {
            Issue.record("the first event is \(resumed[0])")
            return
        }
        #expect(provenance.resumedAfterEpoch == 2)
        #expect(try TrainerTests.outcome(whole).weightsDigest == TrainerTests.outcome(resumed).weightsDigest)
        #expect(TrainerTests.reports(whole).map(\.metrics) == TrainerTests.reports(resumed).map(\.metrics))
        #expect(TrainerTests.reports(whole).map(\.gradientNorm) == TrainerTests.reports(resumed).map(\.gradientNorm))
        let again = try TrainerTests.run(specification, checkpoint: path)
        #expect(try TrainerTests.outcome(whole).weightsDigest == TrainerTests.outcome(again).weightsDigest)
    }

    /// Successive halving stops trials on the way: what they have learned by then, and how they go on, is the whole trial's.
    @Test func aPauseChangesNoBit() throws {
        let specification = TrainerTests.specification()
        let whole = try TrainerTests.run(specification)
        let folder = try TemporaryFolder()
        var trainer = Trainer(specification, checkpoint: folder.path + "/trial")
        for epochs in [1, 1, 2] {
            trainer.pauseAfter = epochs
            var events: [RunEvent] = []
            let failure = performingFailure { try trainer.run { events.append($0) } }
            #expect(failure?.reason == .paused)
            #expect(failure?.message.hasPrefix("paused after epoch \(epochs) of 3, validation accuracy 0.") == true)
            let reports = TrainerTests.reports(events)
            #expect(reports.map(\.metrics) == TrainerTests.reports(whole).prefix(epochs).map(\.metrics))
            #expect(reports.map(\.learningRate) == TrainerTests.reports(whole).prefix(epochs).map(\.learningRate))
        }
        trainer.pauseAfter = nil
        var events: [RunEvent] = []
        try trainer.run { events.append($0) }
        #expect(try TrainerTests.outcome(whole).weightsDigest == TrainerTests.outcome(events).weightsDigest)
    }

    @Test func aDamagedCheckpointIsNotTrusted() throws {
        let specification = TrainerTests.specification()
        let whole = try TrainerTests.run(specification)
        let folder = try TemporaryFolder()
        _ = performingFailure {
            try TrainerTests.run(specification, checkpoint: folder.path + "/trial", stopAfter: 6)
        }
        var bytes = Array(try #require(FileManager.default.contents(atPath: folder.path + "/trial")))
        bytes[bytes.count - 100] ^= 1
        try folder.write("trial", bytes)
        let events = try TrainerTests.run(specification, checkpoint: folder.path + "/trial")
        let notes = TrainerTests.notes(events)
        #expect(notes.count == 1 && notes[0].contains("damaged") && notes[0].contains("starts again"))
        #expect(try TrainerTests.outcome(whole).weightsDigest == TrainerTests.outcome(events).weightsDigest)
    }

    /// The newest state is spoilt by its disk, or a crash came between the two renames: the one before it serves.
    @Test(arguments: [true, false])
    func theStateBeforeADamagedOneIsUsed(isSpoilt: Bool) throws {
        let specification = TrainerTests.specification()
        let whole = try TrainerTests.run(specification)
        let folder = try TemporaryFolder()
        let path = folder.path + "/trial"
        _ = performingFailure { try TrainerTests.run(specification, checkpoint: path, stopAfter: 10) }
        if isSpoilt {
            let bytes = Array(try #require(FileManager.default.contents(atPath: path)))
            try folder.write("trial", Array(bytes.dropLast()))
        } else {
            try FileManager.default.removeItem(atPath: path)
        }
        let events = try TrainerTests.run(specification, checkpoint: path)
        guard case .started(let provenance) = events[0] else {
            Issue.record("the first event is \(events[0])")
            return
        }
        #expect(provenance.resumedAfterEpoch == 1)
        #expect(
            TrainerTests.notes(events).map { $0.contains("goes on from the one before it") } == (isSpoilt ? [true] : [])
        )
        #expect(try TrainerTests.outcome(whole).weightsDigest == TrainerTests.outcome(events).weightsDigest)
        #expect(TrainerTests.reports(whole).map(\.metrics) == TrainerTests.reports(events).map(\.metrics))
        CheckpointFile.remove(path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func aCheckpointThatCannotBeWrittenCostsNoTrial() throws {
        let events = try TrainerTests.run(
            TrainerTests.specification { $0.train.epochs = 1 }, checkpoint: "/nonexistent/deeper/trial")
        #expect(TrainerTests.notes(events).count == 1)
        #expect(try TrainerTests.outcome(events).epoch == 1)
    }

    @Test func divergenceIsSaid() throws {
        let failure = performingFailure {
            try TrainerTests.run(
                TrainerTests.specification {
                    $0.train.learningRate = 1e30
                    $0.train.warmupEpochs = 0
                    $0.train.clipNorm = nil
                })
        }
        #expect(failure?.reason == .diverged)
    }

    @Test func theBestEpochOnValidationIsSelected() throws {
        let events = try TrainerTests.run(
            TrainerTests.specification {
                $0.train.selection = .bestValidation
                $0.train.epochs = 4
            })
        let accuracies = TrainerTests.reports(events).map { report in
            report.metrics.first { $0.split == .validation && $0.name == "accuracy" }?.value ?? -1
        }
        let outcome = try TrainerTests.outcome(events)
        #expect(outcome.epoch == (accuracies.firstIndex(of: accuracies.max() ?? 0) ?? -2) + 1)
        #expect(outcome.metrics == TrainerTests.reports(events)[outcome.epoch - 1].metrics)
        let failure = performingFailure {
            try TrainerTests.run(
                TrainerTests.specification {
                    $0.train.selection = .bestValidation
                    $0.dataset.validation = 0
                })
        }
        #expect(failure?.reason == .data)
    }

    @Test func whatCannotBeBuiltIsExplained() throws {
        let reasons: [(Failure.Reason, (inout TrialSpecification) -> Void)] = [
            (.data, { $0.dataset.name = "nothing" }), (.network, { $0.layout = "M Q" }),
            (.network, { $0.backbone.stem.strides = [1, 1] }), (.data, { $0.train.flip = true }),
        ]
        for (reason, change) in reasons {
            #expect(performingFailure { try TrainerTests.run(TrainerTests.specification(change)) }?.reason == reason)
        }
    }

    @Test func classificationWithEveryAugmentationTrains() throws {
        let folder = try tinyFolder(train: 30, test: 6)
        let specification = TrainerTests.specification {
            $0.dataset = settings("idx", path: folder.path, validation: 4)
            $0.layout = "C | M"
            $0.train.batch = 8
            $0.train.crop = 1
            $0.train.flip = true
            $0.train.mixup = 0.5
            $0.train.labelSmoothing = 0.1
            $0.backbone.stem.strides = [1, 1]
        }
        let events = try TrainerTests.run(specification)
        #expect(try TrainerTests.outcome(events).metrics.allSatisfy { $0.value.isFinite })
        #expect(events.count { if case .progress = $0 { true } else { false } } == 9)
    }

    /// A trial that was killed after its last epoch measures its network as one that was not.
    @Test func theMemoryOfAStepIsTheSameWhereNothingIsLeftToTrain() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { CheckpointFile.remove(path) }
        let bytes = try (0..<2).map { _ in
            let events = try Self.run(Self.specification(), checkpoint: path)
            let measured = events.compactMap { event -> Int? in
                guard case .measured(let measurement) = event else { return nil }
                return measurement.activationBytes
            }
            return try #require(measured.first)
        }
        #expect(bytes[0] == bytes[1] && bytes[0] > 0)
    }
}

/// The `Failure` that `body` ends with; nil where it ends well.
func performingFailure<Result>(_ body: () throws -> Result) -> Failure? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? Failure
    }
}
