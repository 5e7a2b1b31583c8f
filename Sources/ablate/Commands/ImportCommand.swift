import ArgumentParser
import Networks
import Results

/// `ablate import`: whether a file of weights fits a network, and the same weights as safetensors.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Check weights against a network, and convert them to safetensors.",
        usage: "ablate import checkpoint.pth.tar --layout mambavision-t [-o weights.safetensors]",
        discussion: """
            Every array must be there, in its shape, and no other; one error says what is wrong. Checkpoints of \
            PyTorch are read without running anything in them. With -o the weights are written as 32-bit safetensors \
            under the official names, without the prefixes of wrappers; without it nothing is written.
            """)

    @Argument(
        help: ArgumentHelp("Safetensors, or a checkpoint of PyTorch.", valueName: "file"),
        completion: .file(extensions: ["safetensors", "pth", "tar"]))
    var file: String

    @OptionGroup var model: ModelOptions

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write the weights to this file.", valueName: "file"),
        completion: .file(extensions: ["safetensors"]))
    var output: String?

    @OptionGroup var format: FormatOptions

    func run() throws {
        let weights = try WeightsFile(path: file)
        let backbone = try Backbone(model.network(of: weights).plan)
        try Weights.load(weights, into: backbone.store)
        if let output {
            try Weights.writer(backbone.store, metadata: weights.metadata.merging(["format": "pt"]) { $1 }).write(
                path: output)
        }
        format.print(WeightsTable.table(weights, backbone))
    }
}
