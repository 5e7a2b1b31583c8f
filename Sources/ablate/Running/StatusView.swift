import Results

/// Where an experiment's trials, or all experiments, stand at one moment.
struct StatusView {
    let table: Table
    /// The same with what a person wants to see first on top: what runs, what went wrong, then what is done or waits.
    let watchTable: Table
    private let counts: [TrialState: Int]

    init(_ reader: StoreReader, _ experiment: String?) throws {
        if let experiment {
            let trials = try reader.status(experiment: experiment)
            table = StatusTable.trials(trials)
            // Swift's sort keeps the order of equals.
            watchTable = StatusTable.trials(trials.sorted { StatusView.rank($0) < StatusView.rank($1) })
            counts = trials.counts
        } else {
            let all: [(name: String, trials: [TrialStatus])] = try reader.experimentNames().map {
                ($0, try reader.status(experiment: $0))
            }
            table = StatusTable.experiments(all)
            watchTable = table
            counts = all.flatMap { $0.trials }.counts
        }
    }

    /// Whether nothing runs and nothing waits to be run.
    var hasEnded: Bool {
        counts.allSatisfy { state, count in count == 0 || !(state.isClaimable || state == .running) }
    }

    /// `[5/9] ██████░░░░ 2 running · 1 failed`
    func bar(width: Int) -> String {
        let total = counts.values.reduce(0, +)
        let done = counts[.done] ?? 0
        let others = TrialState.allCases.filter { $0 != .done }.compactMap { state in
            counts[state].map { "\($0) \(state.rawValue)" }
        }
        return ProgressBar.line(
            "[\(done)/\(total)] ", Double(done) / Double(max(1, total)), " " + others.joined(separator: " · "),
            width: width)
    }

    private static func rank(_ trial: TrialStatus) -> Int {
        switch trial.state {
        case .running: 0
        case .failed, .diverged, .lost: 1
        case .interrupted: 2
        case .done: 3
        case .queued: 4
        }
    }
}
