import ArgumentParser
import Results

/// `ablate sql`: one query over the results.
struct SQLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql", abstract: "Ask the results database a question in SQL; nothing can be changed.",
        discussion: "The views v_trials, v_summary, v_pairs and v_curves are made for this.")

    @Argument(help: ArgumentHelp("One query, such as \"SELECT * FROM v_summary\".", valueName: "query"))
    var query: String

    @Option(name: .long, help: ArgumentHelp("The most rows to print.", valueName: "n"))
    var rows = 100_000

    @Option(name: .long, help: ArgumentHelp("The most seconds to take.", valueName: "seconds"))
    var seconds = 30.0

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard rows > 0, seconds > 0 else { throw ValidationError("--rows and --seconds are above 0.") }
    }

    func run() throws {
        let result = try database.reader().query(query, limits: .init(rows: rows, seconds: seconds))
        output.print(Table(result))
    }
}
