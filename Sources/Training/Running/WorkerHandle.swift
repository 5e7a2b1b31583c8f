import Subprocess
import Synchronization

/// The coordinator's hold on one running worker: signals go out through it, and it counts how long the worker is silent.
///
/// Silence is counted in ticks of this process's own running time, so that a laptop that slept, or a run that was
/// suspended with Ctrl-Z, does not look like a worker that hangs.
final class WorkerHandle: Sendable {
    private struct State {
        var send: (@Sendable (Signal) -> Void)?
        var intervention: Intervention?
        var silence = Duration.zero
        var allowedSilence: Duration
        var isKilled = false
    }

    private let state: Mutex<State>

    init(allowedSilence: Duration) {
        state = Mutex(State(allowedSilence: allowedSilence))
    }

    /// Why the coordinator ended the worker; nil where it did not.
    var intervention: Intervention? { state.withLock { $0.intervention } }

    /// The process is there: what was decided before it was is carried out now.
    func attach(_ send: @escaping @Sendable (Signal) -> Void) {
        state.withLock { state in
            state.send = send
            if state.isKilled {
                send(.kill)
            } else if state.intervention != nil {
                send(.terminate)
            }
        }
    }

    /// The process has ended: nothing may be sent to its identifier any more.
    func detach() {
        state.withLock { $0.send = nil }
    }

    /// The worker has said something.
    func heard() {
        state.withLock { $0.silence = .zero }
    }

    /// Asks the worker to stop; it is killed when it has said nothing for `grace` from now on.
    func ask(grace: Duration) {
        state.withLock { state in
            state.intervention = state.intervention ?? .stopped
            state.silence = .zero
            state.allowedSilence = grace
            state.send?(.terminate)
        }
    }

    /// Kills the worker; the first reason counts.
    func kill(_ reason: Intervention) {
        state.withLock { state in
            state.intervention = state.intervention ?? reason
            state.isKilled = true
            state.send?(.kill)
        }
    }

    /// Counts the worker's silence until the task is cancelled, and kills a worker that is silent for too long.
    func watch() async {
        let tick = state.withLock { min($0.allowedSilence / 8, .seconds(1)) }
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: tick, clock: .suspending)
            } catch {
                return
            }
            let excess = state.withLock { state -> Duration? in
                state.silence += tick
                return state.silence >= state.allowedSilence ? state.silence : nil
            }
            if let excess {
                kill(.silent(seconds: Int(excess.components.seconds)))
            }
        }
    }
}
