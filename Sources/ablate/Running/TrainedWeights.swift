import Files
import Foundation
import Results
import Training

/// The trained weights of a finished trial.
///
/// They are no longer there: a run keeps them only where it was asked to. So the trial is trained again, which gives the
/// same bits, or taken up from its last checkpoint where one is left; its weights are kept where the digest and every
/// number are as stored, and nowhere else.
struct TrainedWeights {
    let trial: StoredTrial
    let reader: StoreReader
    let database: DatabaseOptions
    let talk: TalkOptions

    /// Writes them.
    ///
    /// - Parameters:
    ///   - data: the folder of the data set's files; nil for where they were.
    ///   - threads: those of the training, which change no bit.
    func write(to output: String, data: String?, threads: Int) async throws {
        guard trial.hasResult else { throw trial.hasNoResult }
        let input = try StoredInput(trial, data: data)
        let temporary = output + ".unverified"
        try prepare(temporary, for: output)
        defer { unlink(temporary) }
        try announce()
        let checkpoints = checkpointFolder()
        defer { checkpoints?.leave(reader) }
        let repeater = TrialRepeater(
            specification: input.specification, label: trial.label, talk: talk, control: RunControl())
        let repetition = try await repeater(
            ExecutionSettings(
                threads: threads, checkpoint: checkpoints?.file(of: trial.identity), weights: temporary))
        checkpoints?.remove(trial.identity)
        let result = try reader.comparison(of: trial.identity, with: repetition)
        guard result.isEqual else { throw refusal(result, repetition) }
        do {
            try WholeFile.move(temporary, to: output)
        } catch {
            throw unwritable(output, error)
        }
    }

    /// Sees before the training that the file can be written.
    private func prepare(_ temporary: String, for output: String) throws {
        var status = stat()
        if stat(output, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw Refusal("\(output) is no file", remedy: "Choose another -o, such as weights.safetensors")
        }
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw unwritable(output, SystemError("create", temporary)) }
        close(descriptor)
    }

    private func unwritable(_ output: String, _ error: SystemError) -> Refusal {
        Refusal("\(output) can't be written: \(error.reason)", remedy: "Choose another -o")
    }

    private func announce() throws {
        let seconds = try reader.trialDetails(trial.identity).shownAttempt?.wallSeconds
        let time = seconds.map { ", which took \(Duration.seconds($0).brief)" } ?? ""
        talk.say("ablate: \(trial.label) is trained again\(time); its weights are kept if every bit is as stored.")
    }

    /// Where an interruption can be gone on from; nil where nothing can be written beside the database.
    private func checkpointFolder() -> CheckpointFolder? {
        do {
            return try CheckpointFolder(database.checkpointFolder)
        } catch {
            talk.say("ablate: nothing can be written beside the database: if this is stopped, it begins anew.")
            return nil
        }
    }

    private func refusal(_ result: VerificationResult, _ repetition: Repetition) -> Refusal {
        let reason = VerificationTable.note(trial, repetition, result).map { " (\($0.dropLast()))" } ?? ""
        return Refusal(
            "\(trial.label) gave another result than the stored one, so its weights are not kept: "
                + "\(result.firstDifference ?? "")\(reason)",
            remedy: "Export it where it was trained; or `ablate remove \(trial.identity.prefix(10))` and "
                + "`ablate run FILE --weights FOLDER` train it anew here and keep result and weights")
    }
}
