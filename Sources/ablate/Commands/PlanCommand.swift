import ArgumentParser
import Experiments

/// `ablate plan`: what a run would do and how long it would take.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show which trials an experiment has, which are done, and how long the rest would take.",
        discussion: """
            Seeds that `ablate run --until-decided` has added are among them. Nothing is trained and nothing is written, not \
            even an empty database.
            """)

    @OptionGroup var experiment: ExperimentFileOptions
    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let input = try experiment.read()
        let memory = try StoredKnowledge(database, of: input.experiment)
        try output.print(PlanTable(input, input.censuses(), memory, workers: execution.workers).table)
    }
}
