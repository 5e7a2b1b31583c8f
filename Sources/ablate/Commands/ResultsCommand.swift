import ArgumentParser
import Results

/// `ablate results`: one line for each row and seed.
struct ResultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results", abstract: "Print the trials' results, one line for each row and seed.",
        discussion: "Example: ablate results first --where 'accuracy>0.9' --sort -accuracy --format csv")

    @Argument(help: ArgumentHelp("The experiment; all of them if left out.", valueName: "name"))
    var experiment: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only lines of which this is true: column, one of = != < <= > >= ~, value.", valueName: "condition"))
    var conditions: [String] = []

    @Option(name: .long, help: ArgumentHelp("The columns to print, with commas between.", valueName: "names"))
    var columns: String?

    @Option(name: .long, help: ArgumentHelp("Columns to sort by; -name for the highest first.", valueName: "names"))
    var sort: String?

    @Option(name: .long, help: ArgumentHelp("The most lines to print.", valueName: "n"))
    var limit: Int?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1.") }
    }

    func run() throws {
        let query = ResultQuery(
            experiment: experiment, conditions: try conditions.map { try ResultQuery.Condition(parsing: $0) },
            columns: columns.map(names), sort: sort.map(names) ?? [], limit: limit)
        output.print(Table(try database.reader().results(query)))
    }

    private func names(_ list: String) -> [String] {
        list.split(separator: ",").map { String($0.filter { $0 != " " }) }
    }
}
