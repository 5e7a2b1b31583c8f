import Experiments
import Subprocess

/// One worker from its start to its end.
struct WorkerProcess {
    let trial: ClaimedTrial
    let command: WorkerCommand
    let handle: WorkerHandle

    /// Starts the worker, hands it its job and passes on what it reports until it has ended.
    ///
    /// - Returns: nil where the worker itself reported how its trial ended; otherwise how the worker came to its end.
    /// - Throws: `SubprocessError` where the worker could not be started.
    func run(report: @escaping @Sendable (RunEvent) async -> Void) async throws -> WorkerEnd? {
        let job = try EventCoding.line(trial.job)
        let result = try await Subprocess.run(
            command.configuration,
            input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
            handle.attach { signal in
                do {
                    try execution.send(signal: signal)
                } catch {
                    // The worker ended by itself a moment before: there is nobody left to be signalled.
                }
            }
            defer { handle.detach() }
            async let complaint = tail(of: execution.standardError)
            async let _ = write(job, to: execution.standardInputWriter)
            async let _ = handle.watch()
            let isSettled = await listen(to: execution.standardOutput, report: report)
            // A worker that has closed its output has nothing more to say.
            await execution.teardown(using: [.send(signal: .terminate, allowedDurationToNextStep: .seconds(2))])
            return (isSettled: isSettled, complaint: await complaint)
        }
        if result.closureResult.isSettled { return nil }
        return WorkerEnd(
            status: result.terminationStatus, intervention: handle.intervention,
            complaint: result.closureResult.complaint, memoryLimit: trial.job.execution.memoryLimit)
    }

    /// Passes on every event until the worker closes its output.
    ///
    /// - Returns: Whether the worker reported how its trial ended.
    private func listen(
        to output: SubprocessOutputSequence, report: @Sendable (RunEvent) async -> Void
    ) async -> Bool {
        var splitter = LineSplitter()
        do {
            for try await buffer in output {
                let lines = splitter.append(buffer.withUnsafeBytes { Array($0) })
                for line in lines {
                    handle.heard()
                    let event = try EventCoding.value(RunEvent.self, from: line)
                    await report(event)
                    if event.isLast { return true }
                }
                if splitter.overflows {
                    handle.kill(.unreadable("more than \(LineSplitter.longestLine) bytes without an end"))
                    return false
                }
            }
        } catch let error as DecodingError {
            handle.kill(.unreadable(error.summary))
        } catch {
            handle.kill(.unreadable("its output could not be read: \(error)"))
        }
        return false
    }

    private func tail(of output: SubprocessOutputSequence) async -> String {
        var tail = ComplaintTail()
        do {
            for try await buffer in output {
                tail.append(buffer.withUnsafeBytes { Array($0) })
            }
        } catch {
            tail.append(Array("\nits standard error could not be read: \(error)".utf8))
        }
        return tail.summary
    }

    /// Hands over the job and leaves standard input open: a worker takes its end as a sign that the coordinator is gone.
    private func write(_ job: [UInt8], to input: StandardInputWriter) async {
        do {
            _ = try await input.write(job)
        } catch {
            // A worker that does not read its job ends without a result, and its end tells why.
        }
    }
}

extension RunEvent {
    /// Whether nothing follows this event.
    var isLast: Bool {
        switch self {
        case .finished, .failed: true
        case .started, .gradientsChecked, .epoch, .measured, .note, .progress: false
        }
    }
}

extension DecodingError {
    /// What is wrong with the text, without the path that Foundation adds.
    var summary: String {
        switch self {
        case .dataCorrupted(let context): context.debugDescription
        case .keyNotFound(let key, _): "no value for \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): context.debugDescription
        @unknown default: "it does not decode"
        }
    }
}
