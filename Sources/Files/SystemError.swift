import Foundation

/// The system refused something: what, with which file, and why.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A verb: `write`, `rename`.
    public var action: String
    public var path: String
    /// The system's error number.
    public var code: Int32

    public init(_ action: String, _ path: String, code: Int32 = errno) {
        self.action = action
        self.path = path
        self.code = code
    }

    /// The system's words: `No space left on device`.
    public var reason: String { String(cString: strerror(code)) }

    public var description: String { "the system refused to \(action) \(path): \(reason)" }
}
