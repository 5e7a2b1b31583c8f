import Autograd
import Experiments
import Networks

/// Trains one trial from its specification to its outcome, and reports on the way.
///
/// The outcome depends on the specification alone: neither on the number of threads, nor on interruptions.
public struct Trainer {
    public let specification: TrialSpecification
    public let threads: Int
    /// The file that holds the state after every epoch; nil for none.
    public let checkpoint: String?
    /// The file that gets the trained weights; nil for none.
    public let weights: String?
    /// The epoch after which training pauses; nil to train to the end. What is trained up to there does not depend on
    /// it: the learning rate follows the whole trial's schedule.
    public var pauseAfter: Int?
    /// Whether blocks run again in backward, instead of keeping what is in them: less memory, more time, the same outcome.
    public var recomputes = false

    public init(
        _ specification: TrialSpecification, threads: Int = 1, checkpoint: String? = nil, weights: String? = nil
    ) {
        precondition(threads >= 1, "a trial needs at least one thread, not \(threads)")
        self.specification = specification
        self.threads = threads
        self.checkpoint = checkpoint
        self.weights = weights
    }

    /// Trains until all epochs are done.
    ///
    /// Reports `started`, an `epoch` for each epoch (those of a checkpoint again, so that the attempt is complete),
    /// `gradientsChecked` after the attempt's first step, `progress` after each, `measured` and `finished`; a `note` where
    /// a checkpoint could not be read or written.
    ///
    /// - Parameters:
    ///   - shouldStop: asked after every step; where it says true, training ends with `Failure(.interrupted)`.
    ///   - report: takes the events. What it throws ends the training.
    /// - Throws: `Failure` with the reason why there is no outcome.
    public func run(shouldStop: () -> Bool = { false }, report: (RunEvent) throws -> Void) throws {
        try withFlushedDenormals { try train(shouldStop: shouldStop, report: report) }
    }

    private func train(shouldStop: () -> Bool, report: (RunEvent) throws -> Void) throws {
        let session = try TrainingSession(specification, threads: threads, recomputes: recomputes)
        let notes = try resume(session)
        try report(.started(provenance(session)))
        for note in notes {
            try report(.note(note))
        }
        for earlier in session.reports {
            try report(.epoch(earlier))
        }
        let steps = session.schedule.steps
        var areGradientsChecked = false
        while session.epoch < specification.train.epochs {
            try pauseIfAsked(session)
            let epoch = try session.trainEpoch(shouldStop: shouldStop) { step in
                // The optimizer has refused a parameter without gradient before it comes to this.
                if !areGradientsChecked {
                    areGradientsChecked = true
                    try report(.gradientsChecked(parameters: session.network.store.parameters.count))
                }
                try report(.progress(step: step, steps: steps))
            }
            session.add(epoch)
            if let note = save(session) { try report(.note(note)) }
            try report(.epoch(epoch))
        }
        try report(.measured(session.measurement()))
        if let weights { try session.writeWeights(to: weights) }
        try report(.finished(session.outcome()))
    }

    private func pauseIfAsked(_ session: TrainingSession) throws {
        guard let pauseAfter, session.epoch >= pauseAfter else { return }
        let last = session.reports.last?.metrics.first {
            $0.split == .validation && $0.part.isEmpty && $0.name != "loss"
        }
        let shown = last.map { ", \($0.text)" } ?? ""
        throw Failure(.paused, "paused after epoch \(session.epoch) of \(specification.train.epochs)\(shown)")
    }

    /// Takes up the newest state that is whole.
    ///
    /// - Returns: what is wrong with states that were not.
    /// - Throws: what the disk says that refuses numbers which it gave a moment before.
    private func resume(_ session: TrainingSession) throws -> [String] {
        guard let checkpoint else { return [] }
        var problems: [String] = []
        for path in CheckpointFile.newestFirst(checkpoint) {
            do {
                if let saved = try CheckpointFile.read(path, for: session.specification.withoutPath) {
                    try session.restore(saved)
                    return problems.map { "\($0); training goes on from the one before it" }
                }
            } catch let error as CheckpointFile.Unusable {
                problems.append(error.description)
            }
        }
        return problems.map { "\($0); training starts again" }
    }

    /// A checkpoint that can't be written costs the chance to resume, not the trial.
    private func save(_ session: TrainingSession) -> String? {
        guard let checkpoint else { return nil }
        do {
            try CheckpointFile.write(session.checkpoint(), to: checkpoint)
            return nil
        } catch {
            return "\(error); an interruption now would cost this epoch"
        }
    }

    private func provenance(_ session: TrainingSession) -> Provenance {
        Provenance(
            host: ProcessFacts.host, processIdentifier: ProcessFacts.identifier,
            processStart: ProcessFacts.processStart, processor: ProcessFacts.processor,
            codeVersion: ProcessFacts.codeVersion, compiler: ProcessFacts.compiler, blas: ProcessFacts.products,
            operatingSystem: ProcessFacts.operatingSystem, threads: threads,
            recomputes: recomputes, dataDigest: session.dataset.settings.digest, resumedAfterEpoch: session.epoch)
    }
}
