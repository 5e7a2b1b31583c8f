import ArgumentParser
import Experiments

/// `ablate check`: everything that is wrong with an experiment file, at once.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with an experiment file; trains and writes nothing.")

    @OptionGroup var experiment: ExperimentFileOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let input = try experiment.read()
        let asked = TrialPlan(input.experiment).entries.count
        let added = try StoredKnowledge.plan(database, of: input.experiment).entries.count - asked
        let more = added > 0 ? ", and \(added) with seeds that --until-decided has added" : ""
        Console.standardOutput.write(
            "ok: \(counted(input.experiment.rows.count, "row")), \(counted(asked, "trial"))\(more)\n")
        if added == 0, let note = input.experiment.reachNote { Console.standardOutput.write("note: \(note)\n") }
    }
}
