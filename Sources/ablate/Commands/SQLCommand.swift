import ArgumentParser
import Results

/// `ablate sql`: one query over the results.
struct SQLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql", abstract: "Ask the results database a question in SQL; nothing can be changed.",
        discussion: """
            The views v_trials, v_summary, v_pairs and v_curves are made for this; --schema explains them.

            ablate sql "SELECT * FROM v_summary WHERE experiment = :name" --bind name=first
            """)

    private static let possibleSeconds = 0.001...86400

    @Argument(help: ArgumentHelp("One query, such as \"SELECT * FROM v_summary\".", valueName: "query"))
    var query: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A value for :name in the query; may be given several times. Digits are a number.", valueName: "name=value")
    )
    var bind: [QueryParameter] = []

    @Flag(name: .long, help: "Print what every table, view and column means, and nothing else.")
    var schema = false

    @Option(name: .long, help: ArgumentHelp("The most rows to print.", valueName: "n"))
    var rows = 100_000

    @Option(name: .long, help: ArgumentHelp("The most seconds to take.", valueName: "seconds"))
    var seconds = 30.0

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard rows > 0 else { throw ValidationError("--rows is above 0.") }
        guard SQLCommand.possibleSeconds.contains(seconds) else {
            throw ValidationError("--seconds is from 0.001 to 86400, a day.")
        }
        guard schema || query != nil else {
            throw ValidationError("Give a query, such as \"SELECT * FROM v_summary\", or --schema.")
        }
        guard !schema || query == nil else { throw ValidationError("Give a query or --schema, not both.") }
        let names = bind.map(\.name)
        if let name = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw ValidationError("--bind \(name)=… is given twice.")
        }
    }

    func run() throws {
        guard let query else {
            try output.write(SchemaReference.render(output.format, style: output.style))
            return
        }
        let parameters = Dictionary(bind.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let result = try database.reader().query(
            query, parameters: parameters, limits: .init(rows: rows, seconds: seconds))
        try output.print(Table(result))
    }
}

/// `name=value` for a query: a number where the value reads as one, else text.
struct QueryParameter: ExpressibleByArgument, Hashable {
    let name: String
    let value: QueryValue

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].wholeMatch(of: #/[:@$]?[A-Za-z_][A-Za-z0-9_]*/#) != nil else { return nil }
        name = String(parts[0].drop { ":@$".contains($0) })
        let text = String(parts[1])
        value = Int64(text).map { .integer($0) } ?? Double(text).map { .real($0) } ?? .text(text)
    }
}
