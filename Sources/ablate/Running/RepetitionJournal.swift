import Experiments
import Results
import Synchronization
import Training

/// One trial that is trained again beside the database: what it reports stays in memory.
final class RepetitionJournal: TrialJournal {
    private struct State {
        var isClaimed = false
        var provenance: Provenance?
        var epochs: [EpochReport] = []
        var outcome: Outcome?
        var failure: Failure?
    }

    private let trial: ClaimedTrial
    private let state = Mutex(State())

    init(_ specification: TrialSpecification, label: TrialLabel, execution: ExecutionSettings) {
        trial = ClaimedTrial(
            attempt: 1, label: label, job: WorkerJob(specification: specification, execution: execution))
    }

    func claim() -> ClaimedTrial? {
        state.withLock { state in
            defer { state.isClaimed = true }
            return state.isClaimed ? nil : trial
        }
    }

    func record(_ event: RunEvent, of attempt: Int64) -> Bool {
        state.withLock { state in
            switch event {
            case .started(let provenance): state.provenance = provenance
            case .epoch(let report): state.epochs.append(report)
            case .finished(let outcome): state.outcome = outcome
            case .failed(let failure): state.failure = failure
            case .gradientsChecked, .measured, .note, .progress: break
            }
        }
        return true
    }

    /// What the trial gave.
    ///
    /// - Throws: the failure with which it ended.
    func repetition() throws -> Repetition {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            guard let provenance = state.provenance, let outcome = state.outcome else {
                throw Failure(.crashed, "the repetition ended without a result")
            }
            return Repetition(provenance: provenance, epochs: state.epochs, outcome: outcome)
        }
    }
}
