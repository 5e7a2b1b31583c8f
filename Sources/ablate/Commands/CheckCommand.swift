import ArgumentParser
import Experiments

/// `ablate check`: everything that is wrong with an experiment file, at once.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with an experiment file; trains and writes nothing.")

    @OptionGroup var experiment: ExperimentFileOptions

    func run() throws {
        let input = try experiment.read()
        let plan = TrialPlan(input.experiment)
        Console.standardOutput.write(
            "ok: \(counted(input.experiment.rows.count, "row")), \(counted(plan.entries.count, "trial"))\n")
    }
}
