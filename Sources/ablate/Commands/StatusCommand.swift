import ArgumentParser
import Results

/// `ablate status`: where experiments and trials stand right now, also after a crash.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say where an experiment's trials stand, or how far all experiments are.")

    @Argument(help: ArgumentHelp("The experiment; all of them if left out.", valueName: "name"))
    var experiment: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let reader = try database.reader()
        if let experiment {
            output.print(StatusTable.trials(try reader.status(experiment: experiment)))
        } else {
            let names = try reader.experimentNames()
            output.print(StatusTable.experiments(try names.map { ($0, try reader.status(experiment: $0)) }))
        }
    }
}
