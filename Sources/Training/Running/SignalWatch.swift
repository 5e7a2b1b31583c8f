import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Turns the signals that ask a program to end (Ctrl-C, `kill`, a closed terminal) into calls of a closure.
///
/// The signals are blocked for the whole process, so it must be made before other threads are started. Processes started
/// later do not inherit the block, because `WorkerProcess` starts them with an empty mask.
public final class SignalWatch {
    /// Ctrl-C, `kill`, and the end of the terminal.
    public static let endings = [SIGINT, SIGTERM, SIGHUP]

    private var sources: [any DispatchSourceSignal] = []

    /// - Parameter onSignal: Called on a queue of its own, once for each signal that arrives.
    public init(_ signals: [Int32] = endings, onSignal: @escaping @Sendable (Int32) -> Void) {
        let queue = DispatchQueue(label: "signals")
        for number in signals {
            block(number)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { onSignal(number) }
            source.resume()
            sources.append(source)
        }
    }

    deinit {
        for source in sources {
            source.cancel()
        }
    }

    /// A blocked signal stays pending until the source takes it. On Darwin sources see ignored signals only.
    private func block(_ number: Int32) {
        #if canImport(Darwin)
            signal(number, SIG_IGN)
        #else
            var set = sigset_t()
            sigemptyset(&set)
            sigaddset(&set, number)
            pthread_sigmask(SIG_BLOCK, &set, nil)
        #endif
    }
}
