import Experiments
import Synchronization
import Training

/// A journal in memory: hands out the given trials once and remembers every event.
final class MemoryJournal: TrialJournal {
    struct Full: Error {}

    private struct State {
        var waiting: [ClaimedTrial]
        var events: [Int64: [RunEvent]] = [:]
    }

    private let state: Mutex<State>
    private let capacity: Int
    private let refused: Int64?

    /// - Parameters:
    ///   - capacity: How many events it takes before it throws `Full`.
    ///   - refused: An attempt that another process has taken over.
    init(trials: Int, capacity: Int = .max, refused: Int64? = nil, execution: ExecutionSettings = ExecutionSettings()) {
        let claimed = (0..<trials).map { index in
            ClaimedTrial(
                attempt: Int64(index + 1), label: TrialLabel(rows: ["row"], seed: index),
                job: WorkerJob(specification: .sample(seed: index), execution: execution))
        }
        state = Mutex(State(waiting: claimed))
        self.capacity = capacity
        self.refused = refused
    }

    func claim() -> ClaimedTrial? {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    func record(_ event: RunEvent, of attempt: Int64) throws -> Bool {
        try state.withLock { state in
            if state.events.values.reduce(0, { $0 + $1.count }) >= capacity { throw Full() }
            if refused == attempt { return false }
            state.events[attempt, default: []].append(event)
            return true
        }
    }

    func events(of attempt: Int64) -> [RunEvent] {
        state.withLock { $0.events[attempt] ?? [] }
    }

    /// The failure with which an attempt ended.
    func failure(of attempt: Int64 = 1) -> Failure? {
        guard case .failed(let failure) = events(of: attempt).last else { return nil }
        return failure
    }
}

extension TrialSpecification {
    static func sample(seed: Int) -> TrialSpecification {
        TrialSpecification(
            layout: "C | M A", dataset: DatasetSettings(), backbone: BackboneSettings(), train: TrainSettings(),
            seed: seed)
    }
}
