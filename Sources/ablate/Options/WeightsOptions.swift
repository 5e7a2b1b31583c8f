import ArgumentParser
import Experiments
import Networks

/// The network that a command about weights works with.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A published network, such as mambavision-t, a layout, or an experiment file.",
            valueName: "name|layout|file"),
        completion: NameCompletion.layouts)
    var layout: String

    @Option(name: .long, help: ArgumentHelp("The row of the experiment file.", valueName: "name"))
    var row: String?

    @OptionGroup var sizes: NetworkOptions

    /// The published network that `--layout` names, or nil.
    var variant: Variant? { Variant.named(layout) }

    /// The network, checked.
    ///
    /// - Parameter classes: How many classes the weights tell apart, used where the command line names no number.
    func plan(classes: Int? = nil) throws -> NetworkPlan {
        if let variant { return try sizes.plan(variant, defaultClasses: classes) }
        guard ExperimentInput.isFile(layout) else {
            if layout.lowercased().hasPrefix("mambavision") { throw unknownName }
            let layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout(layout)
            return try sizes.plan(layout, defaultClasses: classes)
        }
        let rows = try ExperimentInput(path: layout).rows(called: row)
        guard rows.count == 1, let plan = rows.first?.plan else {
            throw Refusal(
                "\(layout) has \(rows.count) rows: \(rows.map(\.row.name).joined(separator: ", "))",
                remedy: "Choose one with --row")
        }
        return plan
    }

    private var unknownName: Refusal {
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

    @Option(name: .long, help: ArgumentHelp("Threads (default: one per core).", valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, !(1...256).contains(threads) {
            throw ValidationError("--threads \(threads): give a number from 1 to 256.")
        }
    }

    /// Builds the network and fills it from the file.
    func network() throws -> LoadedNetwork {
        try Processor.requireVectors()
        let file = try WeightsFile(path: weights)
        return try LoadedNetwork(model.plan(classes: Weights.classes(in: file)), file, threads: threads)
    }
}
