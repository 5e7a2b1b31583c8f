/// Why a file can't be read as an image, and what to do.
public struct ImageError: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    /// What is wrong with it; begins with the path.
    public let message: String
    public let remedy: String

    init(_ path: String, _ message: String, _ remedy: String) {
        self.path = path
        self.message = "\(path) \(message)"
        self.remedy = remedy
    }

    public var description: String { "\(message); \(remedy)" }
}
