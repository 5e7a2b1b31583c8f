import Results
import Synchronization
import Training

/// Shows a run's progress on standard error: on a terminal a table that is drawn again in its place, with a line above
/// it for each trial that ends; otherwise one line for each epoch and trial.
final class ProgressDisplay: Sendable {
    private struct State {
        var progress: RunProgress
        var block = LiveBlock(.standardError)
        var lastDrawn: ContinuousClock.Instant?
        var hasEnded = false
    }

    /// Redrawing more often only flickers.
    private static let interval = Duration.milliseconds(100)

    private let state: Mutex<State>
    private let begun = ContinuousClock.now
    private let console = Console.standardError
    private let isQuiet: Bool
    private let isLive: Bool

    init(total: Int, metric: String, isQuiet: Bool) {
        state = Mutex(State(progress: RunProgress(total: total, metric: metric)))
        self.isQuiet = isQuiet
        isLive = Console.standardError.canRedraw && !isQuiet
    }

    func take(_ news: RunNews) {
        state.withLock { state in
            let now = ContinuousClock.now
            let line = state.progress.take(news, at: now - begun)
            guard !isQuiet, !state.hasEnded else { return }
            guard isLive else {
                if let line { console.write(coloured(line) + "\n") }
                return
            }
            if let line, line.kind != .epoch {
                state.block.write(
                    above: coloured(line).replacing("\n", with: "\r\n") + "\r\n", then: lines(state.progress, at: now))
                state.lastDrawn = now
            } else if state.lastDrawn.map({ now - $0 >= Self.interval }) ?? true {
                state.block.draw(lines(state.progress, at: now))
                state.lastDrawn = now
            }
        }
    }

    /// Draws the table anew, because time has passed or the terminal has another size.
    func redraw() {
        guard isLive else { return }
        state.withLock { state in
            guard !state.hasEnded, state.lastDrawn != nil else { return }
            let now = ContinuousClock.now
            state.block.draw(lines(state.progress, at: now))
            state.lastDrawn = now
        }
    }

    /// Begins below what a shell has written while the run was stopped.
    func goOn() {
        state.withLock { $0.block.forget() }
        redraw()
    }

    /// Counts in what other processes have ended. Where that cannot be read the last count stays: the run itself needs the
    /// same file, and fails with words.
    func count(_ endedElsewhere: () throws -> Int) {
        guard let count = try? endedElsewhere() else { return }
        state.withLock { _ = $0.progress.take(.endedElsewhere(count), at: ContinuousClock.now - begun) }
    }

    /// Counts and redraws once a second until it is cancelled.
    ///
    /// - Parameter endedElsewhere: how many trials other processes have ended.
    func tick(_ endedElsewhere: @Sendable () throws -> Int) async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(1))
            } catch {
                return
            }
            count(endedElsewhere)
            redraw()
        }
    }

    /// Takes the table away, for good.
    func end() {
        state.withLock { state in
            state.hasEnded = true
            if isLive { state.block.clear() }
        }
    }

    private func lines(_ progress: RunProgress, at now: ContinuousClock.Instant) -> [String] {
        let size = console.size
        return RunTable(progress: progress, usesColor: console.hasColour)
            .lines(width: size.width, height: size.height, at: now - begun)
    }

    private func coloured(_ line: ProgressLine) -> String {
        let code: String? =
            switch line.kind {
            case .done: "32"
            case .failed: "31"
            case .note: "33"
            case .epoch: nil
            }
        let text = console.wrapped(VisibleText.singleLine(line.text))
        return code.map { console.hasColour ? "\u{1B}[\($0)m\(text)\u{1B}[0m" : text } ?? text
    }
}
