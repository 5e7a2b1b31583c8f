import Experiments
import Training

/// Shell scripts that stand in for a worker.
enum FakeWorker {
    static let epoch = line(
        .epoch(
            EpochReport(
                epoch: 1, metrics: [Metric(.test, "accuracy", 0.5)], learningRate: 1e-3, gradientNorm: .infinity,
                trainSeconds: 1, evaluationSeconds: 1)))
    static let finished = line(
        .finished(Outcome(epoch: 1, metrics: [], wallSeconds: 1, weightsDigest: "00")))
    static let diverged = line(.failed(Failure(.diverged, "the loss is NaN")))
    static let progress = line(.progress(step: 1, steps: 2))

    /// A worker that runs this script; `$EPOCH`, `$FINISHED`, `$DIVERGED` and `$PROGRESS` hold lines of JSON.
    static func running(_ script: String) -> WorkerCommand {
        WorkerCommand(
            executable: "/bin/sh", arguments: ["-c", script],
            environment: [
                "EPOCH": epoch, "FINISHED": finished, "DIVERGED": diverged, "PROGRESS": progress,
            ])
    }

    private static func line(_ event: RunEvent) -> String {
        do {
            return String(decoding: try EventCoding.line(event).dropLast(), as: UTF8.self)
        } catch {
            preconditionFailure("an event of the tests does not encode: \(error)")
        }
    }
}

/// Runs a coordinator over fake workers.
func coordinate(
    _ script: String, journal: MemoryJournal, jobs: Int = 1, allowedSilence: Duration = .seconds(60),
    grace: Duration = .seconds(60), observe: @escaping @Sendable (RunNews) -> Void = { _ in }
) async throws -> RunTally {
    let settings = Coordinator.Settings(
        jobs: jobs, command: FakeWorker.running(script), allowedSilence: allowedSilence, grace: grace)
    return try await Coordinator(journal: journal, settings: settings, observe: observe).run()
}
