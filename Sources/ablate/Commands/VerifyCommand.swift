import ArgumentParser
import Experiments
import Results
import Training

/// `ablate verify`: trains stored trials again and compares every bit.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Train stored trials again and compare the weights' digest and every number bit for bit.",
        discussion: """
            The stored results are not touched; that and how they were verified is written down. Exit codes: 0 all equal, \
            1 something differs, 2 a trial cannot be trained here, 130 interrupted.
            """)

    @OptionGroup var trials: TrialOptions

    @Option(
        name: .long,
        help: ArgumentHelp("The folder of the data set's files, if it is another one now.", valueName: "folder"),
        completion: .directory)
    var data: String?

    @Option(
        name: .long, help: ArgumentHelp("Threads of the training.", valueName: "n"), transform: OptionValue.threads)
    var threads = 1

    @OptionGroup var recomputation: RecomputationOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var talk: TalkOptions

    func validate() throws {
        try trials.requireSome()
    }

    func run() async throws {
        try Processor.requireVectors()
        let chosen = try finished(database.reader())
        let control = RunControl()
        try await database.writing(talk) { store in
            var results: [(StoredTrial, Repetition, VerificationResult)] = []
            for trial in chosen {
                let repeater = TrialRepeater(
                    specification: try StoredInput(trial, data: data).specification, label: trial.label, talk: talk,
                    control: control)
                let repetition = try await repeater(
                    ExecutionSettings(threads: threads, recomputes: recomputation.recompute))
                let result = try store.verify(trial: trial.identity, with: repetition)
                results.append((trial, repetition, result))
            }
            try output.print(VerificationTable.table(results))
            if results.contains(where: { !$0.2.isEqual }) { throw ExitCode(ExitStatus.someFailed) }
        }
    }

    /// The chosen trials that have a result.
    private func finished(_ reader: StoreReader) throws -> [StoredTrial] {
        let chosen = try trials.chosen(in: reader)
        let done = chosen.filter { $0.state == .done && $0.removedAt == nil }
        let isNamed = !trials.trials.isEmpty
        if let other = chosen.first(where: { $0.state != .done || $0.removedAt != nil }), isNamed || done.isEmpty {
            throw other.hasNoResult
        }
        return done
    }
}
