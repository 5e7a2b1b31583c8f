import ArgumentParser
import Experiments
import Foundation
import Results
import Training

/// One `ablate run`: the experiment is registered, its open trials are trained, and what came of them is told.
struct RunSession {
    private let input: ExperimentInput
    private let database: DatabaseOptions
    private let execution: ExecutionOptions
    private let talk: TalkOptions
    private let store: Store
    private let plan: TrialPlan

    init(
        _ input: ExperimentInput, database: DatabaseOptions, execution: ExecutionOptions, talk: TalkOptions
    ) throws {
        self.input = input
        self.database = database
        self.execution = execution
        self.talk = talk
        plan = TrialPlan(input.experiment)
        store = try Store.open(path: database.path)
        try store.register(experiment: input.experiment, trials: plan.storeEntries)
    }

    /// Trains the trials that are neither done nor failed.
    func run() async throws -> RunTally {
        let open = try statuses().filter { $0.state.isClaimable }
        guard !open.isEmpty else { return RunTally() }
        #if DEBUG
            talk.say("ablate: warning: this is a debug build: its speeds say nothing. Build with -c release.")
        #endif
        let workers = min(execution.workers, open.count)
        talk.say("\(counted(open.count, "trial")) to run, \(counted(workers, "job")) at a time")
        let checkpoints = try CheckpointFolder(database.checkpointFolder)
        let weights = try execution.weights.map { try WeightsFolder($0) }
        defer { checkpoints.removeIfEmpty() }
        let display = ProgressDisplay(
            total: open.count, metric: input.experiment.metric, isQuiet: talk.quiet)
        defer { display.end() }
        let coordinator = Coordinator(
            journal: journal(open, checkpoints, weights), settings: settings(workers), observe: display.take)
        SignalWatch.start { _ in Task { await coordinator.stop() } }
        return try await coordinator.run()
    }

    /// Tells what is left, and ends the program where the run was stopped.
    func report(_ tally: RunTally) throws {
        let counts = try statuses().counts
        let done = counts[.done] ?? 0
        if tally.wasStopped {
            talk.say(
                "ablate: interrupted: \(done) of \(counted(plan.entries.count, "trial")) done. Run it again to go on.")
            throw ExitCode(ExitStatus.interrupted)
        }
        if let running = counts[.running] {
            talk.say("ablate: \(counted(running, "trial")) still being run by another process; see `ablate status`.")
        }
        if tally.interrupted > 0 {
            talk.say("ablate: \(counted(tally.interrupted, "trial")) interrupted. Run it again to go on.")
        } else if tally.finished + tally.failed == 0 {
            talk.say("Nothing to run: \(done) of \(counted(plan.entries.count, "trial")) done.")
        }
    }

    /// Whether any trial of the experiment has ended without a result, in this run or an earlier one.
    func hasFailures() throws -> Bool {
        try statuses().contains { $0.state != .done && $0.state != .running }
    }

    /// Folds the write-ahead log into the database's file. Where that fails nothing is lost: SQLite keeps the log.
    func close() {
        do {
            try store.close()
        } catch {
            talk.say("ablate: warning: \(error)")
        }
    }

    /// The experiment's table.
    func summary() throws -> Summary {
        try Summary.withBaselines(store.reader, experiment: input.experiment.name)
    }

    private func statuses() throws -> [TrialStatus] {
        try store.reader.status(experiment: input.experiment.name)
    }

    private func journal(
        _ open: [TrialStatus], _ checkpoints: CheckpointFolder, _ weights: WeightsFolder?
    ) -> StoreJournal {
        let identities = Set(open.map(\.identity))
        return StoreJournal(
            store: store, experiment: input.experiment.name,
            entries: plan.entries.filter { identities.contains($0.identity.hexadecimal) },
            execution: ExecutionSettings(threads: execution.threads, memoryLimit: execution.memory?.bytes),
            checkpoints: checkpoints, weights: weights)
    }

    private func settings(_ workers: Int) -> Coordinator.Settings {
        Coordinator.Settings(
            jobs: workers, command: .thisProgram(path: CommandLine.arguments[0], arguments: ["worker"]),
            allowedSilence: .seconds(execution.patience))
    }
}

extension TrialPlan {
    /// One entry for each row and seed, as the store takes them.
    var storeEntries: [TrialEntry] {
        entries.flatMap { entry in
            entry.rows.map { row in
                TrialEntry(
                    row: row, identity: entry.identity.hexadecimal, canonical: entry.specification.canonicalJSON,
                    specification: entry.specification)
            }
        }
    }
}
