/// The time that each kind of operation took and the work it did, collected by the tape.
public final class Profile {
    public enum Direction: String, Sendable {
        case forward, backward
    }

    /// What a call has to do, whatever its kernel does.
    public struct Work: Sendable {
        public var multiplyAccumulates: Int
        /// Bytes of the arrays that the call reads and writes, each counted once: the least that must be moved.
        public var bytes: Int

        /// - Parameter numbers: how many `Float` are read and written.
        public init(multiplyAccumulates: Int = 0, numbers: Int = 0) {
            self.multiplyAccumulates = multiplyAccumulates
            bytes = numbers * MemoryLayout<Float>.stride
        }
    }

    public struct Entry: Sendable {
        public internal(set) var calls = 0
        public internal(set) var seconds: Double
        public internal(set) var multiplyAccumulates = 0
        public internal(set) var bytes = 0

        public init(seconds: Double = 0) {
            self.seconds = seconds
        }
    }

    public struct Key: Hashable, Sendable {
        public let operation: String
        /// Nil for what is no operation of the tape, such as the optimizer's step.
        public let direction: Direction?

        public init(_ operation: String, _ direction: Direction?) {
            self.operation = operation
            self.direction = direction
        }
    }

    public private(set) var entries: [Key: Entry] = [:]
    private let clock = ContinuousClock()

    public init() {}

    /// Measures a part of the step that is not on the tape.
    public func measure<Result, Problem>(
        _ name: String, work: Work = Work(), _ body: () throws(Problem) -> Result
    ) throws(Problem) -> Result {
        let start = now
        defer { add(name, nil, since: start, work: work) }
        return try body()
    }

    var now: ContinuousClock.Instant { clock.now }

    func add(_ operation: String, _ direction: Direction?, since start: ContinuousClock.Instant?, work: Work) {
        guard let start else { return }
        let (seconds, attoseconds) = (clock.now - start).components
        let key = Key(operation, direction)
        var entry = entries[key] ?? Entry()
        entry.calls += 1
        entry.seconds += Double(seconds) + Double(attoseconds) * 1e-18
        entry.multiplyAccumulates += work.multiplyAccumulates
        entry.bytes += work.bytes
        entries[key] = entry
    }
}

extension Profile.Work {
    /// Reads the inputs; writes the outputs and, where a backward may follow, what is saved for it.
    static func forward(_ operation: some Operation, _ inputs: [Shape], _ outputs: [Shape], isRecorded: Bool) -> Self {
        let saved = isRecorded ? operation.savedCounts(inputs).reduce(0, +) : 0
        return Profile.Work(
            multiplyAccumulates: operation.multiplyAccumulates(inputs),
            numbers: count(inputs) + count(outputs) + saved)
    }

    /// Reads what the operation keeps and the outputs' gradients; writes the gradients that are required. Each of the
    /// forward pass's products has two gradients, one where the first input needs none.
    static func backward(_ operation: any Operation, _ inputs: [Shape], _ outputs: [Shape], required: [Bool]) -> Self {
        let kept = operation.keeps
        let read = count(kept.inputs.map { inputs[$0] }) + count(kept.outputs.map { outputs[$0] }) + count(outputs)
        let written = count(zip(inputs, required).filter(\.1).map(\.0))
        return Profile.Work(
            multiplyAccumulates: operation.multiplyAccumulates(inputs) * (required.first == true ? 2 : 1),
            numbers: read + written + operation.savedCounts(inputs).reduce(0, +))
    }

    private static func count(_ shapes: [Shape]) -> Int { shapes.reduce(0) { $0 + $1.count } }
}
