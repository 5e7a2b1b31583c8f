/// An error that a person is told: what is wrong and where, and what to do about it.
public protocol Explained: Error, CustomStringConvertible {
    /// What is wrong and where, a sentence without a full stop.
    var message: String { get }
    /// What to do about it, a sentence without a full stop; nil where nobody knows.
    var advice: String? { get }
}

extension Explained {
    public var description: String { advice.map { "\(message); \($0)" } ?? message }
}
