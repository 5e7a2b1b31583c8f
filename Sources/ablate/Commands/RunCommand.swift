import ArgumentParser
import Experiments
import Results

/// `ablate run`: trains what is not trained yet, and prints the summary.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Train an experiment's trials; what is done stays done, what was stopped goes on.",
        discussion: """
            The first Ctrl-C lets every trial end its step and stops; the second kills. The same command goes on where it \
            stopped. Exit codes: 0 all done, 1 some trials failed, 2 bad usage or file, 130 interrupted.
            """)

    @OptionGroup var experiment: ExperimentFileOptions
    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        try Processor.requireVectors()
        let input = try experiment.read()
        let session = try RunSession(input, database: database, execution: execution, talk: experiment.talk)
        let tally = try await session.run()
        defer { session.close() }
        try session.report(tally)
        output.print(try session.summary())
        if try session.hasFailures() { throw ExitCode(ExitStatus.someFailed) }
    }
}
