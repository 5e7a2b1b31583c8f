import Foundation

/// Turns the signals that ask a program to end (Ctrl-C, `kill`, a closed terminal) into calls of a closure.
///
/// A handler may do next to nothing, so it writes the signal's number into a pipe, and a thread reads it from there.
/// Processes that are started later get the system's own handling back.
public enum SignalWatch {
    /// Ctrl-C, `kill`, and the end of the terminal.
    public static let endings = [SIGINT, SIGTERM, SIGHUP]

    /// Watches for the rest of the process's life. To be called once.
    ///
    /// - Parameter onSignal: Called on a thread of its own, once for each signal that arrives.
    public static func start(_ signals: [Int32] = endings, onSignal: @escaping @Sendable (Int32) -> Void) {
        for number in signals {
            signal(number) { SignalPipe.shared.send($0) }
        }
        let pipe = SignalPipe.shared
        let thread = Thread {
            unblock(signals)
            while let number = pipe.next() {
                onSignal(number)
            }
        }
        thread.name = "signals"
        thread.start()
    }

    /// Whoever started the program may have left signals blocked, as a thread of Dispatch does: one thread takes them.
    private static func unblock(_ signals: [Int32]) {
        var set = sigset_t()
        sigemptyset(&set)
        for number in signals {
            sigaddset(&set, number)
        }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }
}

/// The pipe between a signal's handler and the thread that waits for it.
private final class SignalPipe: Sendable {
    static let shared = SignalPipe()

    private let readEnd: Int32
    private let writeEnd: Int32

    private init() {
        var ends: [Int32] = [-1, -1]
        let result = pipe(&ends)
        precondition(result == 0, "SignalWatch: no pipe can be made (error \(errno))")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    /// Called in a signal handler: one system call, and `errno` is left as it was.
    func send(_ number: Int32) {
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(writeEnd, &byte, 1)
        errno = saved
    }

    /// Waits for the next signal.
    func next() -> Int32? {
        var byte: UInt8 = 0
        while true {
            let count = read(readEnd, &byte, 1)
            if count == 1 { return Int32(byte) }
            if count == 0 || errno != EINTR { return nil }
        }
    }
}
