import ArgumentParser
import Results

/// `ablate summary`: the experiment's table, with what it can and cannot support.
struct SummaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Print an experiment's table: mean over seeds, difference to the reference, claims.")

    @Argument(
        help: ArgumentHelp("The experiment: `ablate status` lists them.", valueName: "name"),
        completion: NameCompletion.experiments)
    var experiment: String

    @Option(
        name: .long, help: ArgumentHelp("Compare with this row instead of the file's reference.", valueName: "row"),
        completion: NameCompletion.rows)
    var reference: String?

    @Option(
        name: .long, help: ArgumentHelp("Another metric, such as loss or \"accuracy pairs=4\".", valueName: "metric"))
    var metric: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.print(
            Summary.withBaselines(
                database.reader(), experiment: experiment, reference: reference, metric: metric))
    }
}
