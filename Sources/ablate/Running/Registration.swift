import ArgumentParser
import Experiments
import Results

/// How a run writes its experiment into the database: not under a run that is at work on it and would lose trials.
struct Registration {
    let experiment: Experiment
    let plan: TrialPlan
    let store: Store

    /// - Parameter plan: the file's trials, and those of seeds that were added.
    init(_ experiment: Experiment, _ plan: TrialPlan, _ store: Store) {
        var whole = experiment
        whole.seeds = plan.seeds
        self.experiment = whole
        self.plan = plan
        self.store = store
    }

    /// Registers, and says what becomes of what is there.
    ///
    /// - Throws: `StoreError` where a running process would lose trials.
    func register(_ talk: TalkOptions, _ control: RunControl) async throws {
        let entries = TrialEntry.all(of: plan)
        try await findOut(entries, talk, control)
        let note = try ReplacedTrials(experiment.name, plan, store.reader).note
        let anew = try store.register(experiment: experiment, trials: entries)
        if let note { talk.say("ablate: \(note)") }
        if anew > 0 {
            talk.say(
                "ablate: \(counted(anew, "removed trial")) of this file will be trained anew; "
                    + "`ablate restore` brings back what they had.")
        }
    }

    /// Waits until it is known whether holders live that can't be seen from here and would lose trials.
    private func findOut(_ entries: [TrialEntry], _ talk: TalkOptions, _ control: RunControl) async throws {
        var distant = DistantHolders(store, experiment: experiment.name)
        var hasSaid = false
        while let takings = try store.reader.takings(of: experiment.name, by: entries), takings.isUncertain {
            if !hasSaid {
                talk.say(
                    "ablate: process \(takings.holder.processIdentifier) on \(takings.holder.host) may be training trials "
                        + "that this file would take from it. It can't be seen from here: its next sign of life is waited "
                        + "for, two minutes at most.")
            }
            hasSaid = true
            _ = try await distant.listen()
            if control.isStopping { throw ExitCode(ExitStatus.interrupted) }
            if try distant.isHeard() { return }
        }
    }
}
