import Experiments

/// Where the coordinator takes its trials from and writes down what becomes of them.
///
/// The coordinator calls it from one task at a time, so that one process has one writer. An error thrown here (a full
/// disk, a database that is gone) ends the run: workers are stopped, and the error reaches the caller of
/// `Coordinator.run()`.
public protocol TrialJournal: Sendable {
    /// Takes the next trial that nobody has done or is doing and opens an attempt at it; nil where none is left.
    ///
    /// A trial whose attempt failed is not handed out a second time in the same run.
    func claim() throws -> ClaimedTrial?

    /// Writes down what an attempt reports. `finished` and `failed` come last and close the attempt; `progress` is not
    /// written down.
    ///
    /// - Returns: false where the attempt is no longer this run's: another process, which heard nothing of this one for
    ///   long, has taken the trial over. What its worker here reports counts nowhere.
    func record(_ event: RunEvent, of attempt: Int64) throws -> Bool
}

/// One trial that has been handed out, and the attempt that was opened for it.
public struct ClaimedTrial: Hashable, Sendable {
    /// The journal's number of the attempt.
    public var attempt: Int64
    /// What the trial is called in messages.
    public var label: TrialLabel
    /// How many epochs the trial has in all.
    public var epochs: Int { job.specification.train.epochs }
    public var job: WorkerJob

    public init(attempt: Int64, label: TrialLabel, job: WorkerJob) {
        self.attempt = attempt
        self.label = label
        self.job = job
    }
}
