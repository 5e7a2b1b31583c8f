import ArgumentParser
import Files
import Foundation
import Networks
import Results

/// `ablate report`: an experiment as one page to look at and to print, or its figures as files for a paper.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write an experiment's page: claims, table, figures and provenance in one HTML file.",
        discussion: """
            The page needs no network. Its figures are also written as files: one with --figure, all of them with \
            --format svg, png or pdf and a folder as -o; --format csv writes their numbers. Figures: \(Report.figureNames.joined(separator: ", ")).
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case html, svg, png, pdf, csv

        var isBinary: Bool { self == .png || self == .pdf }
    }

    @Argument(
        help: ArgumentHelp("The experiment: `ablate status` lists them.", valueName: "name"),
        completion: NameCompletion.experiments)
    var experiment: String

    @Option(
        name: .long, help: ArgumentHelp("Only this figure: a picture, or its numbers.", valueName: "figure"),
        completion: .list(Report.figureNames))
    var figure: String?

    @Option(name: .long, help: "What is written (default: html; of a figure what -o ends in, else svg).")
    var format: Format?

    @Option(
        name: .long, help: ArgumentHelp("Compare with this row instead of the file's reference.", valueName: "row"),
        completion: NameCompletion.rows)
    var reference: String?

    @Option(
        name: .long, help: ArgumentHelp("Another metric, such as loss or \"accuracy pairs=4\".", valueName: "metric"))
    var metric: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file, or the folder for all figures (default: standard output).", valueName: "path"),
        completion: .file())
    var output: String?

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let format = chosenFormat
        if output == nil, format == .html, Console.standardOutput.isTerminal {
            throw Refusal("a page is not for a terminal", remedy: "Give a file with -o, such as -o \(experiment).html")
        }
        let report = try read()
        switch (format, figure) {
        case (.html, _): try write(Array(report.page.utf8), to: output)
        case (_, let name?):
            try write(bytes(of: named(name, in: report), format), to: output, isBinary: format.isBinary)
        case (_, nil): try writeAll(report, format)
        }
    }

    func validate() throws {
        if figure != nil, format == .html { throw ValidationError("A figure is svg, png, pdf or csv, not html.") }
        if figure == nil, format == nil, let output, let kind = Self.format(of: output), kind != .html {
            throw ValidationError("\(output) is one figure: say which with --figure.")
        }
        if figure == nil, let format, format != .html, output == nil {
            throw ValidationError("--format \(format.rawValue) writes all figures: give a folder with -o.")
        }
    }

    private var chosenFormat: Format {
        if let format { return format }
        guard figure != nil else { return .html }
        return output.flatMap(Self.format) ?? .svg
    }

    private static func format(of path: String) -> Format? {
        Format(rawValue: URL(fileURLWithPath: path).pathExtension.lowercased())
    }

    private func read() throws -> Report {
        let reader = try database.reader()
        let summary = try Summary.withBaselines(reader, experiment: experiment, reference: reference, metric: metric)
        var options: [String] = []
        if let reference { options += ["--reference", reference] }
        if let metric { options += ["--metric", metric] }
        return try Report(reader, summary, vocabulary: Mixers.vocabulary, options: options)
    }

    private func named(_ name: String, in report: Report) throws -> Figure {
        let figures = report.figures
        if let figure = figures.first(where: { $0.name == name }) { return figure }
        let has = "It has: \(figures.map(\.name).joined(separator: ", "))"
        throw Report.figureNames.contains(name)
            ? Refusal("\(experiment) has no numbers for the figure \(name) yet", remedy: has)
            : Refusal("there is no figure called \"\(name)\"", remedy: has)
    }

    private func bytes(of figure: Figure, _ format: Format) throws -> [UInt8] {
        switch format {
        case .csv: Array(TableFormat.csv.render(figure.data).utf8)
        case .svg, .html: Array(figure.svg.utf8)
        case .png, .pdf: try FigureConverter.convert(figure.svg, to: format.rawValue)
        }
    }

    /// One file a figure; the folder is made where it is missing.
    private func writeAll(_ report: Report, _ format: Format) throws {
        guard let output else { return }
        try Folder.make(output, remedy: "Choose another -o")
        for figure in report.figures {
            let path = URL(fileURLWithPath: output).appendingPathComponent("\(figure.name).\(format.rawValue)").path
            try OutputFile.write(bytes(of: figure, format), to: path)
        }
    }

    private func write(_ bytes: [UInt8], to path: String?, isBinary: Bool = false) throws {
        if let path {
            try OutputFile.write(bytes, to: path)
        } else if isBinary, Console.standardOutput.isTerminal {
            throw Refusal("a picture is not for a terminal", remedy: "Give a file with -o")
        } else {
            Console.standardOutput.write(bytes)
        }
    }
}
