import Results

/// Where an experiment's trials, or all experiments, stand at one moment.
struct StatusView {
    let table: Table
    /// The same with what a person wants to see first on top: what runs, what went wrong, then what is done or waits.
    let watchTable: Table
    private let trials: [TrialStatus]

    init(_ reader: StoreReader, _ experiment: String?) throws {
        if let experiment {
            let trials = try reader.status(experiment: experiment)
            table = StatusTable.trials(trials)
            // Swift's sort keeps the order of equals.
            watchTable = StatusTable.trials(trials.sorted { StatusView.rank($0) < StatusView.rank($1) })
            self.trials = trials
        } else {
            let all: [(name: String, trials: [TrialStatus])] = try reader.experimentNames().map {
                ($0, try reader.status(experiment: $0))
            }
            table = StatusTable.experiments(all)
            watchTable = table
            trials = all.flatMap(\.trials)
        }
    }

    /// Whether nothing runs and nothing waits to be run.
    var hasEnded: Bool {
        trials.allSatisfy { $0.isPaused || !($0.state.isClaimable || $0.state == .running) }
    }

    /// `[5/9] ██████░░░░ 2 running · 1 failed`
    func bar(width: Int) -> String {
        let counts = trials.wordCounts
        let done = counts[TrialState.done.rawValue] ?? 0
        let others = TrialStatus.words.filter { $0 != TrialState.done.rawValue }.compactMap { word in
            counts[word].map { "\($0) \(word)" }
        }
        return ProgressBar.line(
            "[\(done)/\(trials.count)] ", Double(done) / Double(max(1, trials.count)),
            " " + others.joined(separator: " · "),
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
