import ArgumentParser
import Networks

/// `ablate export`: a network's first values as a file of weights.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a new network's first values as safetensors.",
        usage: "ablate export --layout mambavision-t --seed 1 -o weights.safetensors",
        discussion: """
            The arrays have the official names and shapes, so the official PyTorch code loads the file. The values are \
            those with which a trial of this network and seed begins; `ablate run --weights FOLDER` keeps the trained \
            ones. `ablate describe --notation indices` carries the layout itself.
            """)

    @OptionGroup var model: ModelOptions

    @Option(name: .long, help: ArgumentHelp("The seed of the values.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"),
        completion: .file(extensions: ["safetensors"]))
    var output: String

    func run() throws {
        let backbone = try Backbone(model.plan())
        backbone.store.materialize(seed: seed)
        try Weights.writer(backbone.store, metadata: ["format": "pt"]).write(path: output)
    }
}
