import Experiments

/// Data that can't be used: what is wrong, with which file, and what to do about it.
public struct DataError: Explained, Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// The name is in no list.
        case unknown
        /// A file or a path that is not there.
        case missing
        /// The system refused to read.
        case unreadable
        /// The file ends too early.
        case truncated
        /// The file is not of the format that it should be.
        case malformed
        /// The file is not the one that it should be.
        case wrongDigest
        /// More examples are asked for than there are.
        case notEnough
        /// Settings that don't fit this data set.
        case unsuitable
    }

    public var kind: Kind
    /// What is wrong and where, without a full stop.
    public var message: String
    /// What to do, without a full stop.
    public var remedy: String

    public init(_ kind: Kind, _ message: String, remedy: String) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }

    public var advice: String? { remedy }

    /// The same for the list of everything that is wrong with an experiment file.
    public func diagnostic(at place: Diagnostic.Place?) -> Diagnostic {
        Diagnostic(.error, message, at: place, remedy: remedy)
    }
}
