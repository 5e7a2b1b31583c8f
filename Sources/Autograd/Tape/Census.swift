/// The cost of a network, operation by operation, collected by the tape.
public final class Census {
    public struct Entry: Sendable {
        /// The modules that the operation belongs to, outermost first.
        public let scopes: [String]
        public let operation: String
        /// Multiply–accumulates of the forward pass.
        public let multiplyAccumulates: Int
    }

    public private(set) var entries: [Entry] = []

    public init() {}

    func add(_ operation: String, _ multiplyAccumulates: Int, in scopes: [String]) {
        entries.append(Entry(scopes: scopes, operation: operation, multiplyAccumulates: multiplyAccumulates))
    }
}
