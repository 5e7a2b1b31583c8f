import ArgumentParser
import Results

/// In which form rows are printed.
struct FormatOptions: ParsableArguments {
    @Option(name: .long, help: "How rows are printed.")
    var format = TableFormat.table

    /// Prints the table on standard output.
    func print(_ table: Table) {
        Console.standardOutput.write(format.render(table, style: style))
    }

    func print(_ summary: Summary, withFronts: Bool = false) {
        Console.standardOutput.write(summary.render(format, style: style, withFronts: withFronts))
    }

    /// A terminal has a width; a file has none.
    private var style: TextStyle {
        let console = Console.standardOutput
        return TextStyle(width: console.isTerminal ? console.width : nil, usesColor: console.hasColour)
    }
}

extension TableFormat: ExpressibleByArgument {}
