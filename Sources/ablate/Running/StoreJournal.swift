import Experiments
import Results
import Synchronization
import Training

/// The results database as the coordinator sees it: hands out an experiment's trials and takes in what they report.
final class StoreJournal: TrialJournal {
    private let store: Store
    /// The trials that may be handed out.
    private let entries: [String: TrialPlan.Entry]
    private let execution: ExecutionSettings
    private let checkpoints: CheckpointFolder
    private let weights: WeightsFolder?
    private let state: Mutex<State>

    private struct State {
        var queue: ClaimQueue
        /// The identity of each trial that was handed out, by attempt.
        var claimed: [Int64: String] = [:]
    }

    init(
        store: Store, entries: [TrialPlan.Entry], execution: ExecutionSettings,
        checkpoints: CheckpointFolder, weights: WeightsFolder? = nil
    ) {
        self.store = store
        self.entries = Dictionary(uniqueKeysWithValues: entries.map { ($0.identity.hexadecimal, $0) })
        state = Mutex(State(queue: ClaimQueue(entries.map(\.identity.hexadecimal))))
        self.execution = execution
        self.checkpoints = checkpoints
        self.weights = weights
    }

    func claim() throws -> ClaimedTrial? {
        let assignment = try state.withLock { state in
            let assignment = try store.claim(from: &state.queue)
            if let assignment { state.claimed[assignment.attempt] = assignment.identity }
            return assignment
        }
        guard let assignment, let entry = entries[assignment.identity] else { return nil }
        if assignment.startsAnew { checkpoints.remove(assignment.identity) }
        var execution = execution
        execution.checkpoint = checkpoints.file(of: assignment.identity)
        execution.weights = weights?.file(of: entry)
        return ClaimedTrial(
            attempt: assignment.attempt,
            label: entry.label, job: WorkerJob(specification: entry.specification, execution: execution))
    }

    /// How many of the trials that might have been handed out here have ended in the hands of other processes.
    func endedElsewhere() throws -> Int {
        let own = state.withLock { Set($0.claimed.values) }
        let states = try store.reader.states(of: entries.keys.filter { !own.contains($0) })
        return states.values.count { [.done, .failed, .diverged].contains($0) }
    }

    func record(_ event: RunEvent, of attempt: Int64) throws -> Bool {
        do {
            try store.apply(event: event, attempt: attempt)
        } catch let error as StoreError where error.kind == .closed {
            state.withLock { state in
                if let identity = state.claimed.removeValue(forKey: attempt) { state.queue.putBack(identity) }
            }
            return false
        }
        if case .finished = event, let identity = state.withLock({ $0.claimed[attempt] }) {
            checkpoints.remove(identity)
        }
        return true
    }
}
