import ArgumentParser
import Experiments
import Networks
import Results

/// `ablate results`: one line for each row and seed, or for each group of them.
struct ResultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results", abstract: "Print the trials' results, one line for each row and seed, or in groups.",
        discussion: """
            ablate results first --where 'accuracy>90%' --where row=last --sort -accuracy
            ablate results first --group-by row --columns value,wall_seconds
            ablate results --where 'layout=M4 A4' --columns seed,train.lr,value -o rows.csv

            Columns are those of the view v_trials (`ablate sql --schema`) and settings such as train.lr.
            """)

    @Argument(
        help: ArgumentHelp("The experiment; all of them if left out.", valueName: "name"),
        completion: NameCompletion.experiments)
    var experiment: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only trials of which this is true: column, one of = != < <= > >= ~ (contains), value. Several must all be "
                + "true. A layout may be written as in a file.", valueName: "condition"))
    var conditions: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The columns to print, with commas between; in groups, those to average.", valueName: "names"),
        completion: NameCompletion.columns)
    var columns: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Columns to sort by; -name for the highest first.", valueName: "names"),
        completion: NameCompletion.columns)
    var sort: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "One line for all trials that agree in these columns: mean, standard deviation and number.",
            valueName: "names"),
        completion: NameCompletion.columns)
    var groupBy: String?

    @Option(name: .long, help: ArgumentHelp("The most lines to print.", valueName: "n"))
    var limit: Int?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1.") }
    }

    func run() throws {
        let query = ResultQuery(
            experiment: experiment, conditions: try conditions.map(condition), columns: columns.map(OptionValue.names),
            sort: sort.map(OptionValue.names) ?? [], groups: groupBy.map(OptionValue.names) ?? [], limit: limit)
        try output.print(database.reader().resultTable(query))
    }

    /// The condition, a layout in it in the form in which the database has it.
    private func condition(_ text: String) throws -> ResultQuery.Condition {
        var condition = try ResultQuery.Condition(parsing: text)
        if condition.column == "layout", condition.operation != .contains, !condition.value.isEmpty {
            condition.value = try LayoutParser(vocabulary: Mixers.vocabulary).layout(condition.value)
                .text(in: .ablate, Mixers.vocabulary)
        }
        return condition
    }
}
