import ArgumentParser
import Results

/// `ablate status`: where experiments and trials stand right now, also after a crash.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say where an experiment's trials stand, or how far all experiments are.",
        discussion: "With --watch the same goes on until every trial has ended, or until Ctrl-C.")

    @Argument(
        help: ArgumentHelp("The experiment; all of them if left out.", valueName: "name"),
        completion: NameCompletion.experiments)
    var experiment: String?

    @Flag(name: .shortAndLong, help: "Look again and again: on a terminal in place, elsewhere whenever it changes.")
    var watch = false

    @Option(name: .long, help: ArgumentHelp("Seconds between two looks of --watch.", valueName: "seconds"))
    var interval = 2.0

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0.1...3600).contains(interval) else {
            throw ValidationError("--interval \(interval): give seconds from 0.1 to 3600.")
        }
        if watch, output.output != nil { throw ValidationError("--watch does not write to a file.") }
    }

    func run() throws {
        let reader = try database.reader()
        guard watch else {
            try output.print(StatusView(reader, experiment).table)
            return
        }
        try StatusWatch(interval: interval, output: output) { try StatusView(reader, experiment) }.run()
    }
}
