import ArgumentParser

/// The experiment file that a command works on.
struct ExperimentFileOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The experiment file.", valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    @OptionGroup var talk: TalkOptions

    /// Reads and checks the file, and tells its warnings.
    func read() throws -> ExperimentInput {
        let input = try ExperimentInput(path: file)
        for warning in try input.warnings + MemoryEstimate.warnings(input) {
            talk.say(warning.rendered(colour: Console.standardError.hasColour))
        }
        return input
    }
}
