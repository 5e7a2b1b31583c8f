import ArgumentParser
import Experiments
import Foundation
import Results
import Training

/// One run of an experiment's trials: those that are open are trained, and what came of them is told.
struct RunSession {
    private let input: ExperimentInput
    private let database: DatabaseOptions
    private let execution: ExecutionOptions
    let talk: TalkOptions
    let store: Store
    let control: RunControl
    /// The identities that this run is about; nil for all of the experiment.
    private let chosen: Set<String>?

    /// A run of everything in an experiment's file, which is registered as it now is.
    init(
        _ input: ExperimentInput, store: Store, database: DatabaseOptions, execution: ExecutionOptions,
        talk: TalkOptions, control: RunControl
    ) async throws {
        self.init(input, chosen: nil, store, database, execution, talk, control)
        try await Registration(experiment, plan(), store).register(talk, control)
    }

    /// A run of some trials of an experiment that the database knows.
    init(
        _ input: ExperimentInput, only chosen: Set<String>, store: Store, database: DatabaseOptions,
        execution: ExecutionOptions, talk: TalkOptions, control: RunControl
    ) {
        self.init(input, chosen: chosen, store, database, execution, talk, control)
    }

    private init(
        _ input: ExperimentInput, chosen: Set<String>?, _ store: Store, _ database: DatabaseOptions,
        _ execution: ExecutionOptions, _ talk: TalkOptions, _ control: RunControl
    ) {
        self.input = input
        self.chosen = chosen
        self.store = store
        self.database = database
        self.execution = execution
        self.talk = talk
        self.control = control
    }

    var name: String { input.experiment.name }
    var rows: [Experiment.Row] { input.experiment.rows }
    /// The file's seeds.
    var seeds: [Int] { input.experiment.seeds }
    var claims: [Claim] { input.experiment.claims }
    var reference: String { input.experiment.reference }
    /// The experiment as its file states it.
    var experiment: Experiment { input.experiment }
    var workers: Int { execution.workers }

    /// Gives the experiment the trials of seeds that were added to its rows.
    func extend() throws {
        let plan = try plan()
        try store.extend(experiment: name, seeds: plan.seeds, trials: TrialEntry.all(of: plan))
    }

    private func plan() throws -> TrialPlan {
        TrialPlan(input.experiment, added: try store.reader.addedSeeds(experiment: name))
    }

    /// Trains the trials that are neither done nor failed, and waits for those that other processes have in hand: what
    /// these leave behind is taken up.
    ///
    /// - Parameters:
    ///   - rows: names of the rows whose trials are meant; nil for all.
    ///   - pauseAfter: the epoch after which they pause; trials that have come so far are left alone.
    func run(rows: Set<String>? = nil, pauseAfter: Int? = nil) async throws -> RunTally {
        let left = try statuses().filter { status in
            (status.state.isClaimable || status.state == .running)
                && (rows.map { !$0.isDisjoint(with: status.rows) } ?? true)
                && (pauseAfter.map { status.state == .running || status.epoch < $0 } ?? true)
        }
        guard !left.isEmpty else { return RunTally() }
        #if DEBUG
            talk.say("ablate: warning: this is a debug build: its speeds say nothing. Build with -c release.")
        #endif
        let workers = min(execution.workers, left.count)
        let open = left.count { $0.state.isClaimable }
        talk.say("\(counted(open, "trial")) to run, \(counted(workers, "job")) at a time")
        let checkpoints = try CheckpointFolder(database.checkpointFolder)
        let weights = try execution.weights.map { try WeightsFolder($0) }
        defer { checkpoints.leave(store.reader) }
        let display = ProgressDisplay(total: left.count, metric: input.experiment.metric, isQuiet: talk.quiet)
        defer { display.end() }
        let heartbeat = Heartbeat(store)
        let journal = try journal(left, checkpoints, weights, pauseAfter)
        let coordinator = Coordinator(
            journal: journal, settings: settings(workers),
            observe: { news in
                heartbeat.hear(news)
                if news.isEnd { display.count(journal.endedElsewhere) }
                display.take(news)
            })
        control.attach(coordinator, display)
        let beating = Task {
            await heartbeat.run { display.take(.remark("no sign of life can be written: \($0)")) }
        }
        defer { beating.cancel() }
        let ticker = Task { await display.tick(journal.endedElsewhere) }
        defer { ticker.cancel() }
        return try await share(coordinator, Set(left.map(\.identity))) { display.take(.remark($0)) }
    }

    private func share(
        _ coordinator: Coordinator, _ trials: Set<String>, remark: (String) -> Void
    ) async throws -> RunTally {
        let shared = SharedWork(store: store, experiment: input.experiment.name, trials: trials)
        var hasSaid = false
        while true {
            let tally = try await coordinator.run()
            let held = try shared.held()
            guard !tally.wasStopped, let first = held.first else { return tally }
            if !hasSaid {
                remark(
                    "waiting for \(counted(held.count, "trial")) that process "
                        + "\(first.holder.processIdentifier) on \(first.holder.host) runs; Ctrl-C stops waiting.")
            }
            hasSaid = true
            guard try await shared.waitForNews({ control.isStopping }) else {
                return try await coordinator.run()
            }
        }
    }

    /// Tells what is left, and ends the program where the run was stopped.
    func report(_ tally: RunTally) throws {
        let statuses = try statuses()
        let done = statuses.counts[.done] ?? 0
        try tellOfMissingWeights(statuses)
        try tellOfTakenTrials(statuses)
        if control.isTimeOver {
            talk.say(
                "ablate: the time is over: \(done) of \(counted(statuses.count, "trial")) done. Run it again to go on.")
            return
        }
        if tally.wasStopped {
            talk.say("ablate: interrupted: \(done) of \(counted(statuses.count, "trial")) done. Run it again to go on.")
            throw ExitCode(ExitStatus.interrupted)
        }
        let ended = statuses.count { [.failed, .diverged].contains($0.state) }
        if tally.interrupted > 0 {
            talk.say("ablate: \(counted(tally.interrupted, "trial")) interrupted. Run it again to go on.")
        } else if tally.finished + tally.failed + tally.paused == 0 {
            let rest = ended > 0 ? ", \(ended) failed or diverged and not tried again" : ""
            talk.say("Nothing to run: \(done) of \(counted(statuses.count, "trial")) done\(rest).")
        }
        if ended > 0 {
            talk.say(
                "ablate: \(counted(ended, "trial")) failed or diverged: `ablate retry --preview` says why, "
                    + "`ablate retry` trains again.")
        }
    }

    /// What is done stays done, so a run keeps no weights of it: that is said whether or not somebody wants to hear of
    /// progress, because they were asked for.
    private func tellOfMissingWeights(_ statuses: [TrialStatus]) throws {
        guard let folder = execution.weights else { return }
        let done = Set(statuses.filter { $0.state == .done }.map(\.identity))
        let missing = try plan().entries.filter { done.contains($0.identity.hexadecimal) }
            .map { (entry: $0, file: WeightsFolder.file(of: $0, in: folder)) }
            .filter { !FileManager.default.fileExists(atPath: $0.file) }
        guard let first = missing.first else { return }
        let place = "\(name)/\(first.entry.rows[0])/\(first.entry.specification.seed)"
        let names = place.contains(" ") ? "\"\(place)\"" : place
        Console.standardError.write(
            "ablate: warning: the weights of \(counted(missing.count, "finished trial")) are not in \(folder): a run keeps "
                + "those of the trials that it finishes itself. This trains one again, with the same bits, and writes "
                + "them:\n  ablate export \(names) -o \(first.file.contains(" ") ? "\"\(first.file)\"" : first.file)\n")
    }

    /// Another run that began in the same moment may have registered other rows under the same name.
    private func tellOfTakenTrials(_ statuses: [TrialStatus]) throws {
        let count = try takenTrials(statuses)
        guard count > 0 else { return }
        Console.standardError.write(
            "ablate: warning: \(name) no longer has \(counted(count, "trial")) of this run: another run has registered it "
                + "with other rows, seeds or settings, or a row was removed. What is trained is kept: run this file again, "
                + "or give one of the two another `name:`.\n")
    }

    /// How many of this run's trials its experiment does not have any more, without those that a person has removed.
    private func takenTrials(_ statuses: [TrialStatus]) throws -> Int {
        let own = try identities()
        return try store.reader.states(of: own.subtracting(statuses.map(\.identity)).sorted()).count
    }

    /// Whether any of the trials has ended without a result, in this run or an earlier one. One that waits for a later
    /// run, because it was paused or the time was over, has not.
    func hasFailures() throws -> Bool {
        let statuses = try statuses()
        guard try takenTrials(statuses) == 0 else { return true }
        return statuses.contains { status in
            let canWait = status.state.isClaimable && status.state != .lost
            return status.state != .done && !(canWait && (status.isPaused || control.isTimeOver))
        }
    }

    /// The experiment's table.
    func summary() throws -> Summary {
        try Summary.withBaselines(store.reader, experiment: input.experiment.name)
    }

    /// The trials of this run; others that the experiment has were added by another run.
    private func statuses() throws -> [TrialStatus] {
        let own = try identities()
        return try store.reader.status(experiment: name).filter { own.contains($0.identity) }
    }

    private func identities() throws -> Set<String> {
        try chosen ?? Set(plan().entries.map(\.identity.hexadecimal))
    }

    private func journal(
        _ left: [TrialStatus], _ checkpoints: CheckpointFolder, _ weights: WeightsFolder?, _ pauseAfter: Int?
    ) throws -> StoreJournal {
        let identities = Set(left.map(\.identity))
        return StoreJournal(
            store: store,
            entries: try plan().entries.filter { identities.contains($0.identity.hexadecimal) },
            execution: ExecutionSettings(
                threads: execution.threads, recomputes: execution.recomputation.recompute,
                memoryLimit: execution.memory?.bytes, pauseAfter: pauseAfter),
            checkpoints: checkpoints, weights: weights)
    }

    private func settings(_ workers: Int) -> Coordinator.Settings {
        Coordinator.Settings(
            jobs: workers, command: .thisProgram(path: CommandLine.arguments[0], arguments: ["worker"]),
            allowedSilence: .seconds(execution.patience))
    }
}
