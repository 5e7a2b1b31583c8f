import Experiments
import Results
import Synchronization
import Training

/// The results database as the coordinator sees it: hands out an experiment's trials and takes in what they report.
final class StoreJournal: TrialJournal {
    private let store: Store
    private let experiment: String
    /// The trials that may be handed out, by identity.
    private let entries: [String: TrialPlan.Entry]
    private let execution: ExecutionSettings
    private let checkpoints: CheckpointFolder
    private let weights: WeightsFolder?
    /// The identity of each trial that was handed out, by attempt.
    private let claimed = Mutex<[Int64: String]>([:])

    init(
        store: Store, experiment: String, entries: [TrialPlan.Entry], execution: ExecutionSettings,
        checkpoints: CheckpointFolder, weights: WeightsFolder? = nil
    ) {
        self.store = store
        self.experiment = experiment
        self.entries = Dictionary(uniqueKeysWithValues: entries.map { ($0.identity.hexadecimal, $0) })
        self.execution = execution
        self.checkpoints = checkpoints
        self.weights = weights
    }

    func claim() throws -> ClaimedTrial? {
        let taken = claimed.withLock { Set($0.values) }
        let open = entries.keys.filter { !taken.contains($0) }
        guard let assignment = try store.claim(experiment: experiment, among: open),
            let entry = entries[assignment.identity]
        else { return nil }
        claimed.withLock { $0[assignment.attempt] = assignment.identity }
        if assignment.startsAnew { checkpoints.remove(assignment.identity) }
        var execution = execution
        execution.checkpoint = checkpoints.file(of: assignment.identity)
        execution.weights = weights?.file(of: entry)
        return ClaimedTrial(
            attempt: assignment.attempt,
            label: "\(entry.rows.joined(separator: " = ")), seed \(entry.specification.seed)",
            job: WorkerJob(specification: entry.specification, execution: execution))
    }

    /// How many of the trials that might have been handed out here have ended in the hands of other processes.
    func endedElsewhere() throws -> Int {
        let own = claimed.withLock { Set($0.values) }
        let states = try store.reader.states(of: entries.keys.filter { !own.contains($0) })
        return states.values.count { [.done, .failed, .diverged].contains($0) }
    }

    func record(_ event: RunEvent, of attempt: Int64) throws {
        try store.apply(event: event, attempt: attempt)
        if case .finished = event, let identity = claimed.withLock({ $0[attempt] }) {
            checkpoints.remove(identity)
        }
    }
}
