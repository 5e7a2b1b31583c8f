import ArgumentParser
import Experiments
import Results

/// `ablate plan`: what a run would do and how long it would take.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show which trials an experiment has, which are done, and how long the rest would take.",
        discussion: """
            Seeds that `ablate run --until-decided` has added are among them. Nothing is trained and nothing is written, not even an empty database. With --halving or --until-decided: what \
            such a run would train, at the least and at the most.
            """)

    @OptionGroup var experiment: ExperimentFileOptions
    @OptionGroup var workers: WorkerOptions
    @OptionGroup var adaptive: AdaptiveOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let input = try experiment.read()
        try adaptive.check(input.experiment)
        let reader = try database.existing()
        let memory = try StoredKnowledge(database, of: input.experiment)
        let censuses = try input.censuses()
        let estimate = TimeEstimate(input, censuses, memory.durations)
        let work = PlannedWork(input.experiment, memory, estimate, workers: workers.count)
        var notes = work.notes
        if adaptive.halving {
            notes += work.halving(input.experiment, try HalvingPlan(of: input.experiment, keep: adaptive.share))
        } else if adaptive.untilDecided {
            let looks = try SequentialPlan(of: input.experiment, maxSeeds: adaptive.maxSeeds, reader)
            notes += work.untilDecided(input.experiment, looks)
        }
        if !adaptive.untilDecided, let note = input.experiment.reachNote { notes.append(note) }
        if let reader, let note = try ReplacedTrials(input.experiment.name, memory.plan, reader).note {
            notes.append(note)
        }
        try output.print(PlanTable(input, censuses, work, notes: notes).table)
    }
}
