import ArgumentParser
import Foundation
import Networks
import Training

/// `ablate export`: the trained weights of a trial, or a network's first values, as a file of weights.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a trial's trained weights, or a new network's first values.",
        usage: """
            ablate export TRIAL -o weights.safetensors
            ablate export --layout mambavision-t --seed 1 -o first.safetensors
            """,
        discussion: """
            The trained weights of a finished trial: it is trained again, with the same bits, and the file is written only \
            if digest and every number are as stored. What is stopped goes on when it is called again. `ablate run \
            --weights FOLDER` keeps them at once.

            With --layout, the values with which a trial of this network and seed begins. The arrays have the official \
            names and shapes; docs/weights.md says which networks the official code has. `ablate describe --notation \
            attention-indices` carries the layout itself.
            """)

    @Argument(
        help: ArgumentHelp("EXPERIMENT/ROW/SEED, or the beginning of the trial's identity.", valueName: "trial"),
        completion: NameCompletion.trials)
    var trial: String?

    @OptionGroup var model: ModelOptions

    @Option(name: .long, help: ArgumentHelp("With --layout, the seed of the values (default: 0).", valueName: "n"))
    var seed: UInt64?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"),
        completion: .file(extensions: ["safetensors"]))
    var output: String

    @Option(
        name: .long,
        help: ArgumentHelp("The folder of the trial's data set, if it is another one now.", valueName: "folder"),
        completion: .directory)
    var data: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Threads of the training; they change no bit (default: one per core).", valueName: "n"),
        transform: OptionValue.threads)
    var threads: Int?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    func validate() throws {
        guard (trial == nil) != (model.layout == nil) else {
            throw ValidationError(
                "Give a trial, for its trained weights, or --layout, for the first values of a network.")
        }
        if trial == nil, let option = [("--data", data != nil), ("--threads", threads != nil)].first(where: \.1)?.0 {
            throw ValidationError("\(option) goes with a trial.")
        }
        if trial != nil,
            let option = [("--seed", seed != nil), ("--input", model.sizes.input != nil)].first(where: \.1)?.0
        {
            throw ValidationError("\(option) goes with --layout.")
        }
    }

    func run() async throws {
        guard let trial else { return try writeFirstValues() }
        try Processor.requireVectors()
        let reader = try database.reader()
        let weights = TrainedWeights(
            trial: try reader.trial(matching: trial), reader: reader, database: database, talk: talk)
        try await weights.write(
            to: output, data: data, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }

    private func writeFirstValues() throws {
        let backbone = try Backbone(model.network().plan)
        backbone.store.materialize(seed: seed ?? 0)
        try Weights.writer(backbone.store, metadata: ["format": "pt"]).write(path: output)
    }
}
