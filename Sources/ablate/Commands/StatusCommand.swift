import ArgumentParser
import Results

/// `ablate status`: where experiments and trials stand right now, also after a crash.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say where an experiment's trials stand, or how far all experiments are.",
        discussion:
            "With --watch the same goes on until every trial has ended, or until Ctrl-C; it waits for a run that has not begun."
    )

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
        guard watch else {
            try output.print(StatusView(database.reader(), experiment).table)
            return
        }
        try StatusWatch(
            interval: interval, output: output, missing: missing,
            look: { try StatusView(database.reader(), experiment) }
        ).run()
    }

    /// What there has to be before something can be watched.
    private func missing() throws -> String? {
        do {
            let names = try database.reader().experimentNames()
            guard let experiment, !names.contains(experiment) else { return nil }
            return "an experiment called \(experiment) in \(database.path), which "
                + (names.isEmpty ? "has none yet" : "has \(names.joined(separator: ", "))")
        } catch let error as StoreError where error.kind == .missing {
            return "the database \(database.path), which is not there yet"
        }
    }
}
