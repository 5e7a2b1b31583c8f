import ArgumentParser
import Results

/// In which form rows are printed.
struct FormatOptions: ParsableArguments {
    @Option(name: .long, help: "How rows are printed.")
    var format = TableFormat.table

    /// Prints the table on standard output.
    func print(_ table: Table) {
        let console = Console.standardOutput
        let style = TextStyle(width: console.isTerminal ? console.width : nil, usesColor: console.hasColour)
        console.write(format.render(table, style: style))
    }
}

extension TableFormat: ExpressibleByArgument {}
