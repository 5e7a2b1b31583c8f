import Synchronization
import Training

/// Shows a run's progress on standard error: on a terminal one line that is redrawn, with a line above it for each trial
/// that ends; otherwise one line for each epoch and trial.
final class ProgressDisplay: Sendable {
    private struct State {
        var progress: RunProgress
        var lastDrawn: ContinuousClock.Instant?
    }

    /// Redrawing more often only flickers.
    private static let interval = Duration.milliseconds(100)

    private let state: Mutex<State>
    private let begun = ContinuousClock.now
    private let console = Console.standardError
    private let isQuiet: Bool
    private let isTerminal: Bool

    init(total: Int, metric: String, isQuiet: Bool) {
        state = Mutex(State(progress: RunProgress(total: total, metric: metric)))
        self.isQuiet = isQuiet
        isTerminal = Console.standardError.isTerminal
    }

    func take(_ news: RunNews) {
        state.withLock { state in
            let now = ContinuousClock.now
            let line = state.progress.take(news, at: now - begun)
            guard !isQuiet else { return }
            if let line, !isTerminal || line.kind != .epoch {
                show(line)
                state.lastDrawn = nil
            }
            guard isTerminal else { return }
            if let last = state.lastDrawn, now - last < Self.interval { return }
            state.lastDrawn = now
            // Carriage return, clear the line, and leave the last column free so that no terminal wraps.
            console.write("\r\u{1B}[2K" + state.progress.status(width: console.width - 1, at: now - begun))
        }
    }

    /// Takes the status line away.
    func end() {
        if isTerminal && !isQuiet {
            console.write("\r\u{1B}[2K")
        }
    }

    private func show(_ line: ProgressLine) {
        let colour =
            switch line.kind {
            case .done: "32"
            case .failed: "31"
            case .note: "33"
            case .epoch: ""
            }
        let text = console.hasColour && !colour.isEmpty ? "\u{1B}[\(colour)m\(line.text)\u{1B}[0m" : line.text
        console.write((isTerminal ? "\r\u{1B}[2K" : "") + text + "\n")
    }
}
