import ArgumentParser
import Results

/// `ablate show`: one trial whole.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one trial whole: settings, learning curves, result, attempts, where it ran.",
        discussion: "Examples: ablate show first/last/0, ablate show 3f9a")

    @Argument(
        help: ArgumentHelp(
            "EXPERIMENT/ROW/SEED, or the beginning of the trial's identity.", valueName: "trial"),
        completion: NameCompletion.trials)
    var trial: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try database.reader()
        let stored = try reader.trial(matching: trial)
        var details = try reader.trialDetails(stored.identity)
        details.pixels = StoredPixels.of(stored)
        try output.write(details.render(output.format, style: output.style))
    }
}
