import Foundation
import Synchronization
import Training

/// Carries Ctrl-C and its like to whichever coordinator is at work, for the whole life of the program, and the terminal's
/// own signals to what is shown of it.
final class RunControl: Sendable {
    private struct State {
        var requests = 0
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

    /// Whether somebody asked to stop.
    var isStopping: Bool { state.withLock { $0.requests > 0 } }

    /// From now on this coordinator is stopped; at once where somebody has asked before.
    func attach(_ coordinator: Coordinator, _ display: ProgressDisplay? = nil) {
        let isLate = state.withLock { state in
            state.coordinator = coordinator
            state.display = display
            return state.requests > 0
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
