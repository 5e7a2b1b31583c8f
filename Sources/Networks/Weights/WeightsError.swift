/// What is wrong with a file of weights, and what to do.
public struct WeightsError: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let message: String
    public let remedy: String

    init(_ path: String, _ message: String, _ remedy: String) {
        self.path = path
        self.message = message
        self.remedy = remedy
    }

    public var description: String { "\(path) \(message); \(remedy)" }
}
