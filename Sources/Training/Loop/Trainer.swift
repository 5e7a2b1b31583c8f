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
    /// Told what a person should know although nothing failed, such as a checkpoint that could not be used.
    public var note: (String) -> Void = { _ in }

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
    /// `progress` after each step, `measured` and `finished`.
    ///
    /// - Parameters:
    ///   - shouldStop: asked after every step; where it says true, training ends with `Failure(.interrupted)`.
    ///   - report: takes the events. What it throws ends the training.
    /// - Throws: `Failure` with the reason why there is no outcome.
    public func run(shouldStop: () -> Bool = { false }, report: (RunEvent) throws -> Void) throws {
        try withFlushedDenormals { try train(shouldStop: shouldStop, report: report) }
    }

    private func train(shouldStop: () -> Bool, report: (RunEvent) throws -> Void) throws {
        let session = try TrainingSession(specification, threads: threads)
        resume(session)
        try report(.started(provenance(session)))
        for earlier in session.reports {
            try report(.epoch(earlier))
        }
        let steps = session.schedule.steps
        while session.epoch < specification.train.epochs {
            let epoch = try session.trainEpoch(shouldStop: shouldStop) { try report(.progress(step: $0, steps: steps)) }
            session.reports.append(epoch)
            save(session)
            try report(.epoch(epoch))
        }
        try report(.measured(session.measurement()))
        if let weights { try session.writeWeights(to: weights) }
        try report(.finished(session.outcome()))
    }

    private func resume(_ session: TrainingSession) {
        guard let checkpoint else { return }
        do {
            if let saved = try CheckpointFile.read(checkpoint, for: session.specification.withoutPath) {
                try session.restore(saved)
            }
        } catch {
            note("\(error); training starts again")
        }
    }

    /// A checkpoint that can't be written costs the chance to resume, not the trial.
    private func save(_ session: TrainingSession) {
        guard let checkpoint else { return }
        do {
            try CheckpointFile.write(session.checkpoint(), to: checkpoint)
        } catch {
            note("\(error); an interruption now would cost this trial's finished epochs")
        }
    }

    private func provenance(_ session: TrainingSession) -> Provenance {
        Provenance(
            host: ProcessFacts.host, processIdentifier: ProcessFacts.identifier,
            processStart: ProcessFacts.processStart, processor: ProcessFacts.processor,
            codeVersion: ProcessFacts.codeVersion, compiler: ProcessFacts.compiler, blas: ProcessFacts.products,
            operatingSystem: ProcessFacts.operatingSystem, threads: threads,
            dataDigest: session.dataset.settings.digest, resumedAfterEpoch: session.epoch)
    }
}
