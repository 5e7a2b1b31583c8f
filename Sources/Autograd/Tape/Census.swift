/// The cost of a network, operation by operation, collected by the tape.
public final class Census {
    public struct Entry: Sendable {
        /// The modules that the operation belongs to, outermost first.
        public let scopes: [String]
        public let operation: String
        /// Multiply–accumulates of the forward pass.
        public let multiplyAccumulates: Int
        /// Bytes of new memory that the tape keeps for backward.
        public let keptBytes: Int
    }

    public private(set) var entries: [Entry] = []

    private var kept: Set<ObjectIdentifier> = []

    public init() {}

    /// `keeps` are the buffers that the recorded operation keeps; each is counted where it is first kept.
    func add(_ operation: String, _ multiplyAccumulates: Int, keeps: [Buffer], in scopes: [String]) {
        var bytes = 0
        for buffer in keeps where kept.insert(ObjectIdentifier(buffer)).inserted {
            bytes += buffer.count * MemoryLayout<Float>.stride
        }
        entries.append(
            Entry(scopes: scopes, operation: operation, multiplyAccumulates: multiplyAccumulates, keptBytes: bytes))
    }
}
