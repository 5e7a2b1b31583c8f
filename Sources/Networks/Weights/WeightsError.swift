import Experiments

/// What is wrong with a file of weights, and what to do.
public struct WeightsError: Explained, Hashable, Sendable {
    public let path: String
    /// What is wrong with it; begins with the path.
    public let message: String
    public let remedy: String

    init(_ path: String, _ message: String, _ remedy: String) {
        self.path = path
        self.message = "\(path) \(message)"
        self.remedy = remedy
    }

    public var advice: String? { remedy }
}
