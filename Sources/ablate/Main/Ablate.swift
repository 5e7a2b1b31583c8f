import ArgumentParser
import Training

/// The root of the command tree.
struct Ablate: ParsableCommand {
    static let version = ProcessFacts.codeVersion

    static let configuration = CommandConfiguration(
        commandName: "ablate",
        abstract: "Architecture ablations of hybrid vision backbones, trained and measured on this machine.",
        discussion: """
            Begin with `ablate new first > first.yaml`, then `ablate plan first.yaml`, `ablate run first.yaml` and \
            `ablate summary first`.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Planning",
                subcommands: [NewCommand.self, CheckCommand.self, PlanCommand.self, DescribeCommand.self]),
            CommandGroup(
                name: "Running",
                subcommands: [
                    RunCommand.self, StatusCommand.self, RetryCommand.self, VerifyCommand.self, WhyCommand.self,
                    BenchCommand.self, WorkCommand.self,
                ]),
            CommandGroup(
                name: "Reading",
                subcommands: [
                    SummaryCommand.self, ReportCommand.self, ResultsCommand.self, ShowCommand.self, CompareCommand.self,
                    SQLCommand.self, SnapshotCommand.self,
                ]),
            CommandGroup(
                name: "Weights",
                subcommands: [ClassifyCommand.self, FeaturesCommand.self, ExportCommand.self, ImportCommand.self]),
            CommandGroup(
                name: "Keeping",
                subcommands: [RemoveCommand.self, RestoreCommand.self, DoctorCommand.self, GCCommand.self]),
            CommandGroup(
                name: "Reference",
                subcommands: [DataCommand.self, SchemaCommand.self, CompletionsCommand.self, ManualCommand.self]),
        ])
}
