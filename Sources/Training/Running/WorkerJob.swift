import Experiments

/// What a worker is told: the trial, and how to run it. One line of JSON on the worker's standard input.
public struct WorkerJob: Codable, Hashable, Sendable {
    public var specification: TrialSpecification
    public var execution: ExecutionSettings

    public init(specification: TrialSpecification, execution: ExecutionSettings) {
        self.specification = specification
        self.execution = execution
    }
}

/// How a trial is run. Nothing here may change its result.
public struct ExecutionSettings: Codable, Hashable, Sendable {
    /// Threads of one worker.
    public var threads: Int
    /// Whether blocks run again in backward, instead of keeping what is in them; nil as false.
    public var recomputes: Bool?
    /// The file in which the worker keeps its state after every epoch; nil for none.
    public var checkpoint: String?
    /// The most bytes of private memory that the worker may use; nil for no limit.
    public var memoryLimit: Int?
    /// The file that gets the trained weights; nil for none.
    public var weights: String?
    /// The epoch after which training pauses, with a checkpoint to go on from; nil to train to the end. The schedule is that
    /// of the whole trial either way.
    public var pauseAfter: Int?

    public init(
        threads: Int = 1, recomputes: Bool = false, checkpoint: String? = nil, memoryLimit: Int? = nil,
        weights: String? = nil, pauseAfter: Int? = nil
    ) {
        self.threads = threads
        self.recomputes = recomputes ? true : nil
        self.checkpoint = checkpoint
        self.memoryLimit = memoryLimit
        self.weights = weights
        self.pauseAfter = pauseAfter
    }
}
