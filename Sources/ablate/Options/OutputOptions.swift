import ArgumentParser
import Results

/// In which form rows are printed, and where.
struct OutputOptions: ParsableArguments {
    @OptionGroup var printing: FormatOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write to this file, whole or not at all; its ending says the format unless --format does.",
            valueName: "file"),
        completion: .file(extensions: TableFormat.byEnding.keys.sorted()))
    var output: String?

    /// The format that was asked for, or that the file's name asks for.
    var format: TableFormat {
        if let format = printing.format { return format }
        let ending = output.flatMap { $0.split(separator: ".").last }.map { $0.lowercased() }
        return ending.flatMap { TableFormat.byEnding[$0] } ?? .table
    }

    /// Refuses an ending that asks for what is no table; a name without an ending is a text's.
    func validate() throws {
        guard printing.format == nil, let output, output != "-" else { return }
        let name = output.split(separator: "/").last.map(String.init) ?? output
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map {
            $0.lowercased()
        }
        guard let ending, TableFormat.byEnding[ending] == nil, !output.hasPrefix("/dev/") else { return }
        let page = ending == "html" ? " `ablate report` writes HTML." : ""
        throw ValidationError(
            "\(output): no table ends in .\(ending). Endings: \(TableFormat.byEnding.keys.sorted().joined(separator: ", ")); "
                + "or say --format.\(page)")
    }

    func print(_ tables: Table...) throws { try print(tables) }

    func print(_ tables: [Table]) throws { try write(printing.text(tables, format, style: style)) }

    func print(_ summary: Summary) throws { try write(summary.render(format, style: style)) }

    /// Writes finished text to the file or on standard output.
    func write(_ text: String) throws {
        if let output, output != "-" {
            try OutputFile.write(Array(text.utf8), to: output)
        } else {
            Console.standardOutput.write(text)
        }
    }

    /// A file has neither width nor colours.
    var style: TextStyle { output == nil || output == "-" ? printing.screen : TextStyle(width: nil) }
}

extension TableFormat {
    /// The formats by the ending of a file's name.
    static let byEnding: [String: TableFormat] = [
        "txt": .table, "csv": .csv, "tsv": .tsv, "json": .json, "jsonl": .jsonl, "ndjson": .jsonl, "md": .markdown,
        "tex": .latex,
    ]
}
