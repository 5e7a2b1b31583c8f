import ArgumentParser
import Results
import Training

/// `ablate bench`: how fast layouts train and answer on this machine.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how fast layouts train and answer here, and where the time goes.",
        discussion: """
            Random images, nothing stored. A training step is forward, cross-entropy, backward, clipping and AdamW. GFLOP/s \
            are the model's: two operations for each multiply–accumulate, and three times as many in training.
            """)

    @Argument(
        help: ArgumentHelp(
            "Published names, layouts, or one experiment file, whose rows are measured.", valueName: "layout|file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var subjects: [String]

    @Option(name: .long, help: ArgumentHelp("Only this row of the file.", valueName: "name"))
    var row: String?

    @Option(name: .long, help: ArgumentHelp("training or inference (default: both).", valueName: "work"))
    var work: BenchmarkWork?

    @Option(name: .long, help: ArgumentHelp("Images of a step (default: 128; the file's with --data).", valueName: "n"))
    var batch: Int?

    @Option(name: .long, help: ArgumentHelp("Threads.", valueName: "n"))
    var threads = 1

    @OptionGroup var recomputation: RecomputationOptions

    @Option(name: .long, help: ArgumentHelp("Steps that are measured.", valueName: "n"))
    var repeats = 10

    @Option(name: .long, help: ArgumentHelp("Steps before them that are not.", valueName: "n"))
    var warmup = 3

    @Flag(
        name: .long,
        help: "Print the time of each kind of operation; in other formats than table, nothing else.")
    var profile = false

    @Flag(name: .long, help: "Train with the file's data set and settings, as its trials do, not with random images.")
    var data = false

    @Flag(
        name: .long,
        help: ArgumentHelp(
            "Take requests from standard input, a line each, and answer in JSON (see benchmarks/README.md).",
            visibility: .hidden))
    var onRequest = false

    @OptionGroup(title: "Network of a layout") var network: NetworkOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, range) in [
            ("--batch", batch ?? 128, 1...65536), ("--threads", threads, 1...256), ("--repeats", repeats, 1...100_000),
            ("--warmup", warmup, 0...100_000),
        ] where !range.contains(value) {
            throw ValidationError("\(name) \(value): give a number from \(range.lowerBound) to \(range.upperBound).")
        }
        if data && work == .inference { throw ValidationError("--data measures training.") }
        if data && (network.input != nil || network.classes != nil) {
            throw ValidationError("--data takes the images and the classes from the file's data set.")
        }
    }

    func run() throws {
        let candidates = try subjects.flatMap { try BenchmarkSubject.all($0, self) }
        let recomputes = recomputation.recompute
        if onRequest {
            return try BenchmarkServer(candidates).run(threads: threads, recomputes: recomputes, warmup: warmup)
        }
        var rows: [[Table.Cell]] = []
        var profiles: [Table] = []
        for subject in candidates {
            let benchmark = try subject.benchmark(threads: threads, recomputes: recomputes)
            let outcome = try benchmark.run(warmup: warmup, repeats: repeats)
            let tables = try BenchmarkTables(subject, outcome, threads: threads)
            rows.append(tables.row)
            if profile { profiles.append(tables.profile) }
        }
        let table = Table(columns: BenchmarkTables.columns, rows: rows)
        guard profile else { return try output.print(table) }
        // People get a table for each subject below; programs get the profiles alone, as rows of one kind.
        try output.print(output.format == .table ? [table] + profiles : [BenchmarkTables.joined(profiles)])
    }
}

extension BenchmarkWork: ExpressibleByArgument {}
