import ArgumentParser
import Experiments
import Results
import Training

/// Trains a stored trial again beside the database.
struct TrialRepeater {
    let specification: TrialSpecification
    let label: TrialLabel
    let talk: TalkOptions
    let control: RunControl

    /// - Throws: the failure with which it ended, or the program's end where somebody stopped it.
    func callAsFunction(_ execution: ExecutionSettings) async throws -> Repetition {
        let journal = RepetitionJournal(specification, label: label, execution: execution)
        let display = ProgressDisplay(total: 1, metric: "accuracy", isQuiet: talk.quiet)
        defer { display.end() }
        let coordinator = Coordinator(
            journal: journal,
            settings: .init(
                jobs: 1, command: .thisProgram(path: CommandLine.arguments[0], arguments: ["worker"])),
            observe: display.take)
        control.attach(coordinator)
        if try await coordinator.run().wasStopped { throw ExitCode(ExitStatus.interrupted) }
        return try journal.repetition()
    }
}

extension StoredTrial {
    /// Whether it has a result that counts.
    var hasResult: Bool { state == .done && removedAt == nil }

    /// Why nothing can be done with its result.
    var hasNoResult: Refusal {
        let state = removedAt == nil ? state.rawValue : "removed"
        return Refusal(
            "the trial \(identity.prefix(10)) (\(label)) is \(state): there is no result",
            remedy: "Choose a finished one: ablate results --where state=done --columns row,seed,identity")
    }
}
