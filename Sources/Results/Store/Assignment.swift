/// A trial that was given to this process, and to no other, to run.
public struct Assignment: Hashable, Sendable {
    public var identity: String
    /// The row of table `attempt` that this try fills.
    public var attempt: Int64
    /// Counts the tries of this trial from 1.
    public var number: Int
    /// Whether earlier attempts were removed, so that nothing that they left may be used.
    public var startsAnew: Bool
}
