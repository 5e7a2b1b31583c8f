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

    @Option(
        name: .long,
        help: ArgumentHelp("Stop --until-decided or --halving after this time, such as 2h or 90m.", valueName: "time"),
        transform: OptionValue.reading("give a time such as 45s, 90m, 2h or 1h30m"))
    var budget: TimeSpan?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if budget != nil, !adaptive.untilDecided, !adaptive.halving {
            throw ValidationError("--budget goes with --until-decided or --halving.")
        }
    }

    func run() async throws {
        try Processor.requireVectors()
        let input = try experiment.read()
        try adaptive.check(input.experiment)
        try await database.writing(experiment.talk) { store in
            let session = try await RunSession(
                input, store: store, database: database, execution: execution, talk: experiment.talk,
                control: RunControl())
            let tally = try await train(session)
            try session.report(tally)
            try output.print(session.summary())
            if try session.hasFailures() { throw ExitCode(ExitStatus.someFailed) }
        }
    }

    private func train(_ session: RunSession) async throws -> RunTally {
        if let budget { session.control.end(after: budget.seconds) }
        if adaptive.untilDecided {
            return try await UntilDecided(session: session, maxSeeds: adaptive.maxSeeds).run()
        } else if adaptive.halving {
            return try await Halving(session: session, keep: adaptive.share).run()
        }
        return try await session.run()
    }
}
