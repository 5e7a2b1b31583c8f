import Experiments
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why the coordinator itself ended a worker.
enum Intervention: Hashable, Sendable {
    /// A person or the system asked the whole run to stop.
    case stopped
    /// The worker said nothing for this many seconds.
    case silent(seconds: Int)
    /// The worker wrote something that is no event.
    case unreadable(String)
    /// The journal failed; the error goes to the caller of the run.
    case journal
    /// Another process has taken the trial over.
    case takenOver
}

/// How a worker that reported neither success nor failure came to its end, told as a failure.
struct WorkerEnd {
    var status: TerminationStatus
    var intervention: Intervention?
    /// The last of what the worker wrote to standard error.
    var complaint: String
    var memoryLimit: Int?

    var failure: Failure {
        switch intervention {
        case .stopped, .journal, .takenOver:
            Failure(.interrupted, "The run was stopped before the trial was complete; run it again to go on")
        case .silent(let seconds):
            Failure(.crashed, "The worker said nothing for \(seconds) s and was killed" + said)
        case .unreadable(let text):
            Failure(.crashed, "The worker wrote a line that is no event (\(text)) and was killed" + said)
        case nil:
            Failure(isKilled ? .interrupted : .crashed, outOfMemory ?? unasked + said)
        }
    }

    /// What to say where a worker ended because an allocation was refused; nil where it ended for another reason.
    private var outOfMemory: String? {
        let words = ["failed to allocate", "out of memory", "Out of memory", "Cannot allocate memory"]
        guard case .signaled = status, !isKilled, words.contains(where: complaint.contains) else { return nil }
        let remedy = "lower `batch`, choose a smaller network" + (memoryLimit == nil ? " or run fewer --jobs" : "")
        guard let memoryLimit else { return "The worker got no more memory from the system: \(remedy)" }
        let limit = memoryLimit >> 20
        return "The worker needed more than its memory limit of \(limit) MiB: give more with "
            + "`ablate retry --memory \(2 * limit)M`, \(remedy)"
    }

    /// Whether the signal came from outside, from a person or the system: no fault of the trial, which may go on.
    private var isKilled: Bool {
        guard case .signaled(let signal) = status else { return false }
        return [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGKILL].contains(signal)
    }

    /// The end of a worker that nobody asked to end.
    private var unasked: String {
        switch status {
        case .exited(0): "The worker ended without a result"
        case .exited(let code): "The worker ended with exit code \(code) and without a result"
        case .signaled(let signal): "The worker was ended by \(signalName(signal))" + remark(on: signal)
        }
    }

    private func remark(on signal: Int32) -> String {
        if let memoryLimit, !isKilled {
            return " (its memory limit is \(memoryLimit >> 20) MiB)"
        }
        return signal == SIGKILL ? " (where no person did it, the system ran out of memory: try fewer --jobs)" : ""
    }

    private var said: String {
        complaint.isEmpty ? "" : "; it said: \(complaint)"
    }
}

/// The name of a signal as the shell's `kill -l` lists it, with its number.
func signalName(_ signal: Int32) -> String {
    let names: [(Int32, String)] = [
        (SIGHUP, "SIGHUP"), (SIGINT, "SIGINT"), (SIGQUIT, "SIGQUIT"), (SIGILL, "SIGILL"), (SIGTRAP, "SIGTRAP"),
        (SIGABRT, "SIGABRT"), (SIGBUS, "SIGBUS"), (SIGFPE, "SIGFPE"), (SIGKILL, "SIGKILL"), (SIGSEGV, "SIGSEGV"),
        (SIGPIPE, "SIGPIPE"), (SIGALRM, "SIGALRM"), (SIGTERM, "SIGTERM"), (SIGXCPU, "SIGXCPU"), (SIGXFSZ, "SIGXFSZ"),
        (SIGSYS, "SIGSYS"), (SIGUSR1, "SIGUSR1"), (SIGUSR2, "SIGUSR2"),
    ]
    let name = names.first { $0.0 == signal }?.1
    return name.map { "\($0) (signal \(signal))" } ?? "signal \(signal)"
}
