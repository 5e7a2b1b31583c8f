import ArgumentParser
import Results

/// In which form rows are printed on standard output.
struct FormatOptions: ParsableArguments {
    @Option(name: .long, help: "How rows are printed (default: table).")
    var format: TableFormat?

    @Option(name: .long, help: "Colours in a table: where a person looks, always or never (also NO_COLOR=1).")
    var color = ColorChoice.auto

    /// Prints the table on standard output.
    func print(_ table: Table) {
        Console.standardOutput.write(text([table], format ?? .table))
    }

    /// Several tables as one text.
    func text(_ tables: [Table], _ format: TableFormat, style: TextStyle? = nil) -> String {
        tables.map { format.render($0, style: style ?? screen) }.joined(separator: format.separatesTables ? "\n" : "")
    }

    /// How standard output shows text: a terminal has a width, a file has none.
    var screen: TextStyle {
        let console = Console.standardOutput
        let usesColor =
            switch color {
            case .auto: console.hasColour
            case .always: true
            case .never: false
            }
        return TextStyle(width: console.isTerminal ? console.width : nil, usesColor: usesColor)
    }
}

/// When a table is coloured.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never
}

extension TableFormat: ExpressibleByArgument {
    /// Whether an empty line stands between two tables.
    fileprivate var separatesTables: Bool {
        switch self {
        case .table, .markdown, .latex: true
        case .csv, .tsv, .json, .jsonl: false
        }
    }
}
