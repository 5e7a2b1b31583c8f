import ArgumentParser
import Experiments
import Results

/// `ablate retry`: trains again what ended without a result, and nothing else.
struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Train again the trials that failed, diverged, were interrupted or lost; say why each had ended.",
        discussion: """
            Trials that are done or running stay as they are. A trial whose state was kept goes on where it stopped. The \
            experiment is taken as it was last run; its file is not needed. Exit codes as of `ablate run`.
            """)

    @OptionGroup var trials: TrialOptions

    @Option(
        name: .customLong("state"),
        help: ArgumentHelp(
            "Only trials in this state; may be given several times. `paused` are those that --halving stopped.",
            valueName: "state"))
    var states: [EndedState] = EndedState.allCases.filter { $0 != .paused }

    @Flag(name: .long, help: "Say what would be trained again and why it had ended; change nothing.")
    var preview = false

    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var talk: TalkOptions

    func run() async throws {
        let reader = try database.reader()
        let work = try experiments(reader)
        guard !work.isEmpty else {
            try tellOfNothing(reader)
            return
        }
        if preview {
            try output.print(RetryTable(work).table)
            return
        }
        try Processor.requireVectors()
        try await database.writing(talk) { store in try await train(work, store) }
    }

    /// Says of trials that were named how they stand; of all others nothing is to be said.
    private func tellOfNothing(_ reader: StoreReader) throws {
        let named = try trials.trials.map { try reader.trial(matching: $0) }
        guard !named.isEmpty else {
            talk.say("Nothing to retry: no \(wordsOfStates)trial has ended without a result.")
            return
        }
        for trial in named {
            let state = trial.removedAt == nil ? trial.state.rawValue : "removed"
            talk.say("Nothing to retry: \(trial.label) (\(trial.identity.prefix(10))) is \(state).")
        }
    }

    /// `failed or lost `, where not all states are meant.
    private var wordsOfStates: String {
        let usual = EndedState.allCases.filter { $0 != .paused }
        return states == usual ? "" : states.map(\.rawValue).joined(separator: " or ") + " "
    }

    private func train(_ work: [RetryWork], _ store: Store) async throws {
        let control = RunControl()
        var hasFailures = false
        for experiment in work {
            for trial in experiment.trials {
                talk.say("\(trial.label): \(RetryTable.reason(trial))")
            }
            let input = try ExperimentInput(
                stored: store.reader.source(experiment: experiment.name), name: experiment.name)
            let added = try store.reader.addedSeeds(experiment: experiment.name)
            try experiment.checkIsAsked(by: TrialPlan(input.experiment, added: added))
            let identities = experiment.trials.map(\.identity)
            try store.markLost()
            try store.requeue(trials: identities)
            let session = RunSession(
                input, only: Set(identities), store: store, database: database, execution: execution, talk: talk,
                control: control)
            try session.report(try await session.run())
            try output.print(session.summary())
            hasFailures = try session.hasFailures() || hasFailures
        }
        if hasFailures { throw ExitCode(ExitStatus.someFailed) }
    }

    /// What there is to do, experiment by experiment; a trial that several share is done in the first.
    private func experiments(_ reader: StoreReader) throws -> [RetryWork] {
        let names = try trials.experiment.map { [$0] } ?? reader.experimentNames()
        let chosen = try trials.trials.map { try reader.trial(matching: $0).identity }
        let wanted = Set(states)
        var seen: Set<String> = []
        return try names.compactMap { name in
            let ended = try reader.status(experiment: name).filter { trial in
                EndedState(trial).map(wanted.contains) ?? false && (chosen.isEmpty || chosen.contains(trial.identity))
                    && trials.row.map(trial.rows.contains) ?? true && trials.seed.map { $0 == trial.seed } ?? true
                    && seen.insert(trial.identity).inserted
            }
            return ended.isEmpty ? nil : RetryWork(name: name, trials: ended)
        }
    }
}

/// How a trial has ended without a result.
enum EndedState: String, CaseIterable, ExpressibleByArgument {
    case failed, diverged, interrupted, lost
    /// Stopped early on purpose: its row was not among the better ones at a rung.
    case paused

    /// Nil for a trial that is done, runs or waits.
    init?(_ trial: TrialStatus) {
        switch trial.state {
        case .failed: self = .failed
        case .diverged: self = .diverged
        case .interrupted: self = trial.isPaused ? .paused : .interrupted
        case .lost: self = .lost
        case .queued, .running, .done: return nil
        }
    }
}
