import ArgumentParser
import Foundation
import Results
import Synchronization
import Training

/// Looks at the trials' states again and again and shows them.
struct StatusWatch {
    let interval: Double
    let output: OutputOptions
    /// What is waited for, in words; nil as soon as there is something to look at.
    let missing: () throws -> String?
    let look: () throws -> StatusView

    private let signals = Signals()

    private final class Signals: Sendable {
        /// Raised by Ctrl-C and its like.
        let isStopped = Atomic(false)
        /// Raised where the terminal has another size.
        let isResized = Atomic(false)
    }

    private var isStopped: Bool { signals.isStopped.load(ordering: .relaxed) }

    init(
        interval: Double, output: OutputOptions, missing: @escaping () throws -> String?,
        look: @escaping () throws -> StatusView
    ) {
        self.interval = interval
        self.output = output
        self.missing = missing
        self.look = look
    }

    /// Ends when every trial has ended; a person's Ctrl-C has exit code 130 as in a run.
    func run() throws {
        SignalWatch.start(SignalWatch.endings + [SIGWINCH]) { [signals] signal in
            if signal == SIGWINCH {
                signals.isResized.store(true, ordering: .relaxed)
            } else {
                signals.isStopped.store(true, ordering: .relaxed)
            }
        }
        guard try waitForBeginning() else { throw ExitCode(ExitStatus.interrupted) }
        let isLive = Console.standardOutput.canRedraw && output.format == .table
        let last = try isLive ? redraw() : repeatedly()
        if isLive { try output.print(last.table) }
        if isStopped { throw ExitCode(ExitStatus.interrupted) }
    }

    /// Whoever watches may be a moment earlier than the run.
    ///
    /// - Returns: false where somebody has stopped waiting.
    private func waitForBeginning() throws -> Bool {
        var said: String?
        while let words = try missing() {
            if words != said { Console.standardError.write("ablate: waiting for \(words); Ctrl-C stops waiting.\n") }
            said = words
            if isStopped { return false }
            while waits() {}
        }
        return true
    }

    /// In place, at the end of the terminal's text; takes it away in the end.
    private func redraw() throws -> StatusView {
        var block = LiveBlock(.standardOutput)
        defer { block.clear() }
        while true {
            let view = try look()
            if view.hasEnded || isStopped { return view }
            repeat { block.draw(lines(view)) } while waits()
        }
    }

    /// One table after the other, each time that something is new.
    private func repeatedly() throws -> StatusView {
        var shown: Table?
        while true {
            let view = try look()
            if view.table != shown { try output.print(view.table) }
            shown = view.table
            if view.hasEnded || isStopped { return view }
            while waits() {}
        }
    }

    /// Waits until it is time to look again.
    ///
    /// - Returns: whether the same has to be drawn again meanwhile, because the terminal has another size.
    private func waits() -> Bool {
        let end = ContinuousClock.now + .seconds(interval)
        while ContinuousClock.now < end, !isStopped {
            if signals.isResized.exchange(false, ordering: .relaxed) { return true }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return false
    }

    /// As many lines as the terminal has room for.
    private func lines(_ view: StatusView) -> [String] {
        let (width, height) = Console.standardOutput.size
        var style = output.style
        style.width = width - 1
        style.isBrief = true
        var lines = output.format.render(view.watchTable, style: style).split(separator: "\n").map(String.init)
        let room = max(1, height - 3)
        if lines.count > room {
            let rest = lines.count - room
            lines = Array(lines.prefix(room)) + ["… and \(rest) more"]
        }
        return lines + [view.bar(width: width - 4)]
    }
}
