import Experiments

/// What a run tells whoever shows its progress.
public enum RunNews: Sendable {
    /// A trial was handed out.
    case claimed(ClaimedTrial)
    /// A worker reported something, and it has been written down.
    case event(ClaimedTrial, RunEvent)
    /// Another process has taken the trial over, so the worker here is ended.
    case takenOver(ClaimedTrial)
    /// How many of this run's trials other processes have ended so far.
    case endedElsewhere(Int)
    /// Something worth a line that is no trial's own, such as that the run waits for another process.
    case remark(String)
    /// Somebody asked the run to stop; `isForced` from the second time on.
    case stopping(isForced: Bool)

    /// Whether a trial has ended, one way or the other.
    public var isEnd: Bool {
        switch self {
        case .event(_, .finished), .event(_, .failed), .takenOver: true
        default: false
        }
    }
}

/// How many trials of a run ended in which way.
public struct RunTally: Hashable, Sendable {
    public var finished = 0
    public var failed = 0
    public var interrupted = 0
    /// Those that have trained for as many epochs as this run asked for.
    public var paused = 0
    /// Whether somebody asked the whole run to stop.
    public var wasStopped = false

    public init() {}

    public static func += (left: inout RunTally, right: RunTally) {
        left.finished += right.finished
        left.failed += right.failed
        left.interrupted += right.interrupted
        left.paused += right.paused
        left.wasStopped = left.wasStopped || right.wasStopped
    }

    mutating func count(_ event: RunEvent) {
        switch event {
        case .finished: finished += 1
        case .failed(let failure) where failure.reason == .interrupted: interrupted += 1
        case .failed(let failure) where failure.reason == .paused: paused += 1
        case .failed: failed += 1
        case .started, .gradientsChecked, .epoch, .measured, .note, .progress: break
        }
    }
}

/// A worker could not be started at all, which would befall every further trial as well.
public struct WorkerLaunchError: Error, CustomStringConvertible {
    public var executable: String
    public var cause: String

    public var description: String {
        "The worker program \(executable) could not be started: \(cause)"
    }
}
