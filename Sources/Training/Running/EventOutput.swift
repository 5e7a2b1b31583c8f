import Experiments
import Files
import Synchronization

/// Writes events to standard output, each whole and at once; progress at most twice a second.
final class EventOutput: Sendable {
    /// The coordinator does not listen any more.
    struct Broken: Error {}

    /// Steps can be faster than anybody looks.
    static let progressInterval = Duration.milliseconds(500)

    private static let output = FileOutput(descriptor: 1, name: "standard output")

    private let lastProgress: Mutex<ContinuousClock.Instant?> = Mutex(nil)

    func write(_ event: RunEvent) throws {
        if case .progress = event, !isDue() { return }
        let line = try EventCoding.line(event)
        do {
            try Self.output.write(line)
        } catch {
            throw Broken()
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
}
