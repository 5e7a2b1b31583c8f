import ArgumentParser
import Experiments
import Networks
import Results

/// `ablate describe`: a layout's network part by part, or the layout in another notation.
struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Show the parameters, MACs and memory of a layout's network, part by part.",
        discussion: """
            MACs and bytes are those of one image; bytes are what training keeps for the backward pass. Published \
            networks go by name: \(Variant.all.map(\.name).joined(separator: ", ")).
            """)

    @Argument(
        help: ArgumentHelp(
            "A layout, such as \"C | M4 A4\", a published network, such as mambavision-t, or an experiment file.",
            valueName: "layout|name|file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var subject: String

    @Option(name: .long, help: "The notation in which the layout is given.")
    var from = Dialect.ablate

    @Option(name: .long, help: "Print the layout in this notation, and nothing else.")
    var notation: Dialect?

    @Option(name: .long, help: ArgumentHelp("Only this row of the file.", valueName: "name"))
    var row: String?

    @OptionGroup(title: "Network of a layout") var network: NetworkOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let plans = try plans()
        if notation == nil, (output.format ?? .table) == .table {
            let pictures = plans.map { ($0.name, LayoutPicture($0.plan.layout, Mixers.vocabulary)) }
            Console.standardOutput.write(LayoutText.render(pictures, style: output.screen) + "\n")
        }
        for (name, plan) in plans {
            if let notation {
                let text = try plan.layout.text(in: notation, Mixers.vocabulary)
                Console.standardOutput.write((name.map { "\($0): " } ?? "") + text + "\n")
            } else {
                output.print(try NetworkTree(plan).table(title: name, subtitle: size))
            }
        }
    }

    /// Of a layout alone: the sizes that its network is given.
    private var size: String? {
        guard Variant.named(subject) == nil, !ExperimentInput.isFile(subject) else { return nil }
        return "of width \(network.width ?? 16), for images of \(network.input?.description ?? "28x28x1") and "
            + "\(network.classes ?? 10) classes: --width, --input and --classes change that"
    }

    /// The networks of a file's rows, or of the layout.
    private func plans() throws -> [(name: String?, plan: NetworkPlan)] {
        if let variant = Variant.named(subject) {
            return [(variant.name, try network.plan(variant))]
        }
        guard ExperimentInput.isFile(subject) else {
            let layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout(subject, dialect: from)
            return [(nil, try network.plan(layout))]
        }
        return try ExperimentInput(path: subject).rows(called: row).map { ($0.row.name, $0.plan) }
    }
}
