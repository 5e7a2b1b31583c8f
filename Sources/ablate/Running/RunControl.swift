import Foundation
import Synchronization
import Training

/// Carries Ctrl-C and its like, and the end of a run's time, to whichever coordinator is at work, for the whole life of the
/// program, and the terminal's own signals to what is shown of it.
final class RunControl: Sendable {
    private struct State {
        var requests = 0
        var isTimeOver = false
        var coordinator: Coordinator?
        var display: ProgressDisplay?
    }

    private let state = Mutex(State())

    /// Starts to listen. One program has one.
    init() {
        SignalWatch.start(SignalWatch.endings + [SIGWINCH, SIGCONT]) { signal in
            switch signal {
            case SIGWINCH: self.display?.redraw()
            case SIGCONT: self.display?.goOn()
            default: self.stop()
            }
        }
    }

    /// Whether somebody asked to stop, or the time is over.
    var isStopping: Bool { state.withLock { $0.requests > 0 || $0.isTimeOver } }
    /// Whether the time is over, and nobody asked before.
    var isTimeOver: Bool { state.withLock { $0.requests == 0 && $0.isTimeOver } }

    /// Ends the run when so much time has gone by, as the first Ctrl-C does; its trials go on in the next run.
    func end(after seconds: Int) {
        Task {
            try await Task.sleep(for: .seconds(seconds))
            let coordinator = state.withLock { state in
                state.isTimeOver = true
                return state.coordinator
            }
            await coordinator?.stop()
        }
    }

    /// From now on this coordinator is stopped; at once where somebody has asked before.
    func attach(_ coordinator: Coordinator, _ display: ProgressDisplay? = nil) {
        let isLate = state.withLock { state in
            state.coordinator = coordinator
            state.display = display
            return state.requests > 0 || state.isTimeOver
        }
        if isLate { Task { await coordinator.stop() } }
    }

    private var display: ProgressDisplay? { state.withLock { $0.display } }

    private func stop() {
        let coordinator = state.withLock { state in
            state.requests += 1
            return state.coordinator
        }
        Task { await coordinator?.stop() }
    }
}
