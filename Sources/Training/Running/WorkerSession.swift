import Experiments
import Foundation

/// The worker's end of the conversation: takes its job, and writes what the work reports.
///
/// A worker lives no longer than the process that started it: when its standard input ends, it exits at once. Whatever
/// it leaves behind is as after `kill -9`: checkpoints are written so that they survive it.
public struct WorkerSession: Sendable {
    /// The exit code of a worker whose coordinator is gone.
    public static let abandoned: Int32 = 3

    public let job: WorkerJob
    public let interruption = Interruption()
    private let output = EventOutput()

    /// Reads the job and starts to watch for the coordinator's end.
    ///
    /// - Throws: `WorkerJobError` where standard input holds no job.
    public init() throws {
        guard let line = readLine(strippingNewline: true) else {
            throw WorkerJobError(cause: "standard input is empty")
        }
        do {
            job = try EventCoding.value(WorkerJob.self, from: Array(line.utf8))
        } catch let error as DecodingError {
            throw WorkerJobError(cause: error.summary)
        }
        watchCoordinator()
    }

    /// Runs the work, and reports how it ended. Work that reports `finished` itself and then returns is complete.
    ///
    /// - Parameter work: Trains the trial; it looks at the interruption after each step, and throws `Failure` or another
    ///   error where it can't be completed.
    public func run(_ work: (WorkerJob, Interruption, _ report: (RunEvent) throws -> Void) throws -> Void) throws {
        SignalWatch.start { [interruption] _ in interruption.request() }
        do {
            try MemoryLimit.apply(job.execution.memoryLimit)
            try work(job, interruption, output.write)
        } catch let failure as Failure {
            try output.write(.failed(failure))
        } catch let error as EventOutput.Broken {
            throw error
        } catch {
            try output.write(.failed(Failure(.crashed, "\(error)")))
        }
    }

    private func watchCoordinator() {
        let watch = Thread {
            while readLine() != nil {}
            _exit(Self.abandoned)
        }
        watch.name = "coordinator watch"
        watch.start()
    }
}

/// Standard input of a worker holds no job: somebody started it by hand.
public struct WorkerJobError: Error, CustomStringConvertible {
    public var cause: String

    public var description: String {
        "`ablate worker` takes one line of JSON, a job, on standard input, and \(cause). "
            + "`ablate run` starts workers by itself: run that instead."
    }
}
