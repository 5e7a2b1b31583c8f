import ArgumentParser
import Experiments
import Results
import Training

/// `ablate run`: trains what is not trained yet, and prints the summary.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Train an experiment's trials; what is done stays done, what was stopped goes on.",
        discussion: """
            The first Ctrl-C lets every trial end its step and stops; the second kills. The same command goes on where it \
            stopped. Several runs may share one database: each trial is trained by one of them. Exit codes: 0 all done, 1 \
            some trials failed, 2 bad usage or file, 130 interrupted.
            """)

    @OptionGroup var experiment: ExperimentFileOptions
    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var adaptive: AdaptiveOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try Processor.requireVectors()
        let input = try experiment.read()
        try await database.writing(experiment.talk) { store in
            let session = try RunSession(
                input, store: store, database: database, execution: execution, talk: experiment.talk,
                control: RunControl())
            let tally = try await train(session)
            try session.report(tally)
            try output.print(session.summary())
            if try session.hasFailures() { throw ExitCode(ExitStatus.someFailed) }
        }
    }

    private func train(_ session: RunSession) async throws -> RunTally {
        if let budget = adaptive.budget { session.control.end(after: budget.seconds) }
        if adaptive.untilDecided || adaptive.halving, let axis = session.selectedAxes.first {
            throw Refusal(
                "the file selects the best `\(axis)` of each row, which needs every value with every seed",
                remedy: "Run it without --until-decided and --halving, or take `select` out of the file")
        }
        if adaptive.untilDecided {
            return try await UntilDecided(session: session, maxSeeds: adaptive.maxSeeds).run()
        } else if adaptive.halving {
            return try await Halving(session: session, keep: adaptive.keep?.value ?? 1.0 / 3).run()
        }
        return try await session.run()
    }
}
