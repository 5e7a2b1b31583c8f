import ArgumentParser

/// `ablate data`: what can be learned from.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "List, check and look at data sets.",
        subcommands: [DataListCommand.self, DataInfoCommand.self, DataPreviewCommand.self])
}
