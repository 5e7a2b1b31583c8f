import ArgumentParser

/// The root of the command tree.
struct Ablate: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "ablate",
        abstract: "Architecture ablations of hybrid vision backbones, trained and measured on this machine.",
        discussion: """
            Begin with `ablate new first > first.yaml`, then `ablate plan first.yaml`, `ablate run first.yaml` and \
            `ablate summary first`.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(name: "Before", subcommands: [New.self, Check.self, Plan.self, Describe.self]),
            CommandGroup(name: "Running", subcommands: [Run.self, Status.self]),
            CommandGroup(name: "After", subcommands: [Summary.self, Results.self, SQL.self]),
            CommandGroup(name: "Reference", subcommands: [Data.self, Schema.self]),
        ])
}
