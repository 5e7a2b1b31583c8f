/// The time that each kind of operation took, collected by the tape.
public final class Profile {
    public enum Direction: String, Sendable {
        case forward, backward
    }

    public struct Entry: Sendable {
        public internal(set) var calls = 0
        public internal(set) var seconds = 0.0
    }

    public struct Key: Hashable, Sendable {
        public let operation: String
        public let direction: Direction
    }

    public private(set) var entries: [Key: Entry] = [:]
    private let clock = ContinuousClock()

    public init() {}

    var now: ContinuousClock.Instant { clock.now }

    func add(_ operation: String, _ direction: Direction, since start: ContinuousClock.Instant?) {
        guard let start else { return }
        let (seconds, attoseconds) = (clock.now - start).components
        entries[Key(operation: operation, direction: direction), default: Entry()].calls += 1
        entries[Key(operation: operation, direction: direction), default: Entry()].seconds +=
            Double(seconds) + Double(attoseconds) * 1e-18
    }
}
