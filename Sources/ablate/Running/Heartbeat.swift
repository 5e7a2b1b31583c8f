import Experiments
import Results
import Synchronization
import Training

/// Writes down every few seconds that this process lives and how far its trials have come, so that `status` can say so
/// and processes that cannot see this one know.
final class Heartbeat: Sendable {
    static let interval = Duration.seconds(5)

    private let store: Store
    private let progress = Mutex<[Int64: StepProgress]>([:])

    init(_ store: Store) {
        self.store = store
    }

    /// Takes in what the coordinator tells.
    func hear(_ news: RunNews) {
        guard case .event(let trial, .progress(let step, let steps)) = news else { return }
        progress.withLock { $0[trial.attempt] = StepProgress(step: step, steps: steps) }
    }

    /// Beats until the task is cancelled.
    ///
    /// - Parameter complain: told once if a beat cannot be written; what matters more will fail as well and end the run.
    func run(complain: @Sendable (any Error) -> Void) async {
        var hasComplained = false
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: Heartbeat.interval)
                let places = progress.withLock { places in
                    defer { places.removeAll() }
                    return places
                }
                try store.beat(places)
            } catch is CancellationError {
                return
            } catch {
                if !hasComplained { complain(error) }
                hasComplained = true
            }
        }
    }
}
