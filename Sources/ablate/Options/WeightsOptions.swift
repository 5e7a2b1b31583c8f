import ArgumentParser
import Experiments
import Networks
import Training

/// The network that a command about weights works with.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A published network, such as mambavision-t, a layout, or an experiment file (default: what the file of "
                + "weights says).", valueName: "name|layout|file"),
        completion: NameCompletion.layouts)
    var layout: String?

    @Option(name: .long, help: ArgumentHelp("The row of the experiment file.", valueName: "name"))
    var row: String?

    @OptionGroup var sizes: NetworkOptions

    func validate() throws {
        guard layout == nil else { return }
        let useless = [("--row", row != nil), ("--width", sizes.width != nil), ("--classes", sizes.classes != nil)]
        if let option = useless.first(where: \.1)?.0 { throw ValidationError("\(option) goes with --layout.") }
    }

    /// The network, checked.
    ///
    /// - Parameter file: The weights. How many classes they tell apart counts where the command line names no number, and
    ///   where it names no network, what they say about theirs.
    func network(of file: WeightsFile? = nil) throws -> NamedNetwork {
        guard let layout else { return NamedNetwork(plan: try storedPlan(file)) }
        let classes = file.flatMap { Weights.classes(in: $0) }
        if let variant = Variant.named(layout) {
            return NamedNetwork(plan: try sizes.plan(variant, defaultClasses: classes), variant: variant)
        }
        guard ExperimentInput.isFile(layout) else {
            if layout.lowercased().hasPrefix("mambavision") { throw unknownName(layout) }
            let layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout(layout)
            return NamedNetwork(plan: try sizes.plan(layout, defaultClasses: classes))
        }
        let rows = try ExperimentInput(path: layout).rows(called: row)
        guard rows.count == 1, let found = rows.first else {
            throw Refusal(
                "\(layout) has \(rows.count) rows: \(rows.map(\.row.name).joined(separator: ", "))",
                remedy: "Choose one with --row")
        }
        return NamedNetwork(plan: found.plan, normalization: found.normalization)
    }

    /// The network that a file of weights describes.
    private func storedPlan(_ file: WeightsFile?) throws -> NetworkPlan {
        guard let file else {
            throw Refusal(
                "no network is named", remedy: "Give --layout with a published name, a layout or an experiment file")
        }
        guard let origin = WeightsOrigin(metadata: file.metadata) else {
            throw Refusal(
                "\(file.path) does not say of which network it is",
                remedy: "Give --layout with a published name, a layout or an experiment file")
        }
        return try origin.plan(input: sizes.input?.shape)
    }

    private func unknownName(_ layout: String) -> Refusal {
        let names = Variant.all.map(\.name)
        let nearest = nearestWord(to: layout, in: names).map { "did you mean \($0)? " } ?? ""
        return Refusal(
            "\(layout) is no published network", remedy: nearest + "the names are \(names.joined(separator: ", "))")
    }
}

/// A network and the weights that it gets.
struct WeightsOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The weights: safetensors, or a checkpoint of PyTorch.", valueName: "file"),
        completion: .file(extensions: ["safetensors", "pth", "tar"]))
    var weights: String

    @OptionGroup var model: ModelOptions

    @Option(
        name: .long, help: ArgumentHelp("Threads (default: one per core).", valueName: "n"),
        transform: OptionValue.threads)
    var threads: Int?

    /// Builds the network and fills it from the file.
    func network() throws -> (loaded: LoadedNetwork, named: NamedNetwork) {
        try Processor.requireVectors()
        let file = try WeightsFile(path: weights)
        let named = try model.network(of: file)
        return (try LoadedNetwork(named.plan, file, threads: threads), named)
    }
}
