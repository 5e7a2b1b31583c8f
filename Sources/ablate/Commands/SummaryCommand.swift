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
        name: .long,
        help: ArgumentHelp(
            "Another metric, such as loss, \"accuracy pairs=4\" or \"validation accuracy\".", valueName: "metric"))
    var metric: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Sort the rows by a column of the table, such as mean; -mean for the highest first.", valueName: "column"))
    var sort: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The columns of the first table by their names in CSV, with commas between, such as row,mean,sd,p_holm.",
            valueName: "names"))
    var columns: String?

    @Flag(name: .long, help: "Also say which rows are worth their parameters, their MACs and their time.")
    var pareto = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let summary = try Summary.withBaselines(
            database.reader(), experiment: experiment, reference: reference, metric: metric)
        let sorted = try sort.map(summary.sorted(by:)) ?? summary
        let (format, style) = (output.format, output.style)
        let chosen = try columns.map {
            try sorted.render(format, style: style, withFronts: pareto, columns: OptionValue.names($0))
        }
        try output.write(chosen ?? sorted.render(format, style: style, withFronts: pareto))
    }
}
