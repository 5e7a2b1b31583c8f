import ArgumentParser
import Experiments
import Networks
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

    @Option(name: .long, help: ArgumentHelp("training or inference (default: both).", valueName: "work"))
    var work: NetworkBenchmark.Work?

    @Option(name: .long, help: ArgumentHelp("Images of a step.", valueName: "n"))
    var batch = 128

    @Option(name: .long, help: ArgumentHelp("Threads.", valueName: "n"))
    var threads = 1

    @Option(name: .long, help: ArgumentHelp("Steps that are measured, after three that are not.", valueName: "n"))
    var repeats = 10

    @Flag(name: .long, help: "Print the time of each kind of operation.")
    var profile = false

    @OptionGroup(title: "Network of a layout") var network: NetworkOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        for (name, value, range) in [
            ("--batch", batch, 1...65536), ("--threads", threads, 1...256), ("--repeats", repeats, 1...100_000),
        ] where !range.contains(value) {
            throw ValidationError("\(name) \(value): give a number from \(range.lowerBound) to \(range.upperBound).")
        }
    }

    func run() throws {
        var rows: [[Table.Cell]] = []
        var profiles: [Table] = []
        for (name, plan) in try subjects.flatMap(plans) {
            let tables = BenchmarkTables(
                multiplyAccumulates: try NetworkCensus(plan).multiplyAccumulates, batch: batch, threads: threads)
            let benchmark = try NetworkBenchmark(plan, batch: batch, threads: threads)
            for work in work.map({ [$0] }) ?? NetworkBenchmark.Work.allCases {
                let outcome = try benchmark.run(work, repeats: repeats)
                rows.append(tables.row(name, outcome))
                if profile { profiles.append(tables.profile(name, outcome)) }
            }
        }
        output.print(Table(columns: BenchmarkTables.columns, rows: rows))
        for table in profiles {
            if output.format == .table { Console.standardOutput.write("\n") }
            output.print(table)
        }
    }

    private func plans(_ subject: String) throws -> [(name: String, plan: NetworkPlan)] {
        if let variant = Variant.named(subject) { return [(variant.name, try network.plan(variant))] }
        guard ExperimentInput.isFile(subject) else {
            let layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout(subject)
            return [(subject, try network.plan(layout))]
        }
        return try ExperimentInput(path: subject).rows.map { row in
            let plan = row.plan
            return (
                row.row.name,
                try NetworkPlan(
                    plan.layout, plan.settings, input: network.input?.shape ?? plan.input,
                    task: network.classes.map { .classification(classes: $0) } ?? plan.task, dropPath: plan.dropPath)
            )
        }
    }
}

extension NetworkBenchmark.Work: ExpressibleByArgument {}
