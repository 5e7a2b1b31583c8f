import Results
import Training

/// Where experiments and trials stand.
enum StatusTable {
    /// One line for each experiment: how many trials are in which state.
    static func experiments(_ experiments: [(name: String, trials: [TrialStatus])]) -> Table {
        let words = TrialStatus.words
        let rows = experiments.map { name, trials in
            let counts = trials.wordCounts
            return [Table.Cell.text(name), .integer(trials.count)] + words.map { .integer(counts[$0] ?? 0) }
        }
        let columns: [Table.Column] = [.init("experiment"), .init("trials", alignment: .right)]
        return Table(columns: columns + words.map { .init($0, alignment: .right) }, rows: rows)
    }

    /// One line for each trial.
    static func trials(_ trials: [TrialStatus]) -> Table {
        let rows = trials.map { trial in
            [
                Table.Cell.text(trial.label.row), .integer(trial.seed),
                Table.Cell(.text(trial.word), tone: .init(state: trial.state)),
                Table.Cell(.fraction(trial.epoch, of: trial.epochs)),
                .integer(trial.attempts), .number(trial.value), .number(trial.wallSeconds), .text(reason(trial)),
            ]
        }
        return Table(columns: columns, rows: rows)
    }

    private static let columns: [Table.Column] = [
        .init("row"), .init("seed", alignment: .right), .init("state"), .init("epoch", alignment: .right),
        .init("attempts", alignment: .right, narrowing: .drop(1)),
        .init("value", alignment: .decimal, format: .fixed(4)),
        .init("wall_seconds", title: "time", unit: "s", alignment: .right, format: .duration, narrowing: .drop(2)),
        .init("reason", narrowing: .list),
    ]

    private static func reason(_ trial: TrialStatus) -> String? {
        if trial.state == .done { return nil }
        if let holder = trial.holder, trial.state == .running {
            let process = "process \(holder.processIdentifier) on \(holder.host)"
            guard holder.life(seenFrom: .current()) == .unknown, let seen = trial.seenAt else { return process }
            return "\(process), last heard of \(Duration.seconds(max(0, -seen.timeIntervalSinceNow)).brief) ago"
        }
        return trial.message ?? trial.reason
    }
}
