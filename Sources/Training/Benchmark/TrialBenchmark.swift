import Autograd
import Experiments

/// How fast the steps of a trial are, with its data set and its augmentation: the trial's own loop, nothing stored.
public final class TrialBenchmark: Benchmark {
    public let work = BenchmarkWork.training
    private let session: TrainingSession
    private var steps = 0
    private var metrics = RunningMetrics()

    /// - Throws: `Failure` where the data or the network can't be had.
    public init(_ specification: TrialSpecification, threads: Int, recomputes: Bool = false) throws(Failure) {
        session = try TrainingSession(specification, threads: threads, recomputes: recomputes)
    }

    public var batch: Int { session.examplesOfStep }

    public var allocations: Int { session.pool.allocations }

    /// The next step of the trial; epoch follows epoch without an evaluation.
    public func step(_ profile: Profile) throws {
        session.profile = profile
        try session.trainStep(steps, into: &metrics)
        steps += 1
    }
}
