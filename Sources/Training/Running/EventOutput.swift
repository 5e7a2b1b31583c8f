import Experiments
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes events to standard output, each whole and at once; progress at most twice a second.
final class EventOutput: Sendable {
    /// The coordinator does not listen any more.
    struct Broken: Error {}

    /// Steps can be faster than anybody looks.
    static let progressInterval = Duration.milliseconds(500)

    private let lastProgress: Mutex<ContinuousClock.Instant?> = Mutex(nil)

    func write(_ event: RunEvent) throws {
        if case .progress = event, !isDue() { return }
        let line = try EventCoding.line(event)
        var written = 0
        while written < line.count {
            let count = line[written...].withUnsafeBytes { Self.write($0) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Broken() }
            written += count
        }
    }

    private func isDue() -> Bool {
        let now = ContinuousClock.now
        return lastProgress.withLock { last in
            if let last, now - last < Self.progressInterval { return false }
            last = now
            return true
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
        #else
            Darwin.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
        #endif
    }
}
