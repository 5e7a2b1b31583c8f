import Results
import Training

/// What a run shows of itself on a terminal: a line for each trial that is being trained, and a bar for all.
struct RunTable {
    let progress: RunProgress
    let usesColor: Bool

    /// Lower than this a terminal has room for one line only.
    private static let leastHeight = 8
    /// What is left free on the right, so that neither the cursor nor a `^C` breaks a line.
    private static let margin = 4

    /// At most `height` lines of less than `width` cells.
    func lines(width: Int, height: Int, at now: Duration) -> [String] {
        let width = width - Self.margin
        guard height >= Self.leastHeight, width >= 20 else { return [progress.status(width: width, at: now)] }
        let trials = progress.trials(at: now)
        guard !trials.isEmpty else { return [bar(width: width, at: now)] }
        // Heading, rule, "more", bar, and the line above that was last written.
        let shown = trials.prefix(height - 5)
        let style = TextStyle(width: width, usesColor: usesColor, isBrief: true)
        var lines = TableFormat.table.render(table(Array(shown)), style: style)
            .split(separator: "\n").map(String.init)
        if shown.count < trials.count { lines.append("… and \(trials.count - shown.count) more") }
        return lines + [bar(width: width, at: now)]
    }

    private func table(_ trials: [TrialProgress]) -> Table {
        let columns: [Table.Column] = [
            .init("row"), .init("seed", alignment: .right), .init("epoch", alignment: .right),
            .init("loss", alignment: .decimal, format: .fixed(3), narrowing: .drop(3)),
            .init("metric", title: "validation", alignment: .decimal, format: .fixed(3), narrowing: .drop(1)),
            .init("img/s", alignment: .right, format: .count, narrowing: .drop(4)),
            .init("left", alignment: .right, narrowing: .drop(2)),
        ]
        let rows = trials.map { trial in
            [
                Table.Cell.text(trial.row), .integer(trial.seed), Table.Cell(.fraction(trial.epoch, of: trial.epochs)),
                .number(trial.loss), .number(trial.value), .number(trial.imagesPerSecond),
                .text(trial.remaining?.brief),
            ]
        }
        return Table(columns: columns, rows: rows)
    }

    /// `[3/9] ██████░░░░░░ 41% · 1 failed · 2 min left`
    private func bar(width: Int, at now: Duration) -> String {
        var tail = " \(progress.percent)%"
        if progress.failed > 0 { tail += " · \(progress.failed) failed" }
        if progress.isStopping {
            tail += " · stopping"
        } else if let rest = progress.remaining(at: now) {
            tail += " · \(rest.brief) left"
        }
        return ProgressBar.line(progress.count + " ", progress.fraction, tail, width: width)
    }
}

/// A bar between two texts.
enum ProgressBar {
    static func line(_ head: String, _ fraction: Double, _ tail: String, width: Int) -> String {
        let room = min(40, width - VisibleText.width(head) - VisibleText.width(tail))
        guard room >= 4 else { return VisibleText.cut(head + tail, to: width) }
        let full = Int((Double(room) * fraction).rounded(.down))
        return head + String(repeating: "█", count: full) + String(repeating: "░", count: room - full) + tail
    }
}
