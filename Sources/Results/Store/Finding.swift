/// One thing that an examination found.
public struct Finding: Hashable, Sendable {
    public enum Level: String, Codable, CaseIterable, Hashable, Sendable {
        /// As it should be.
        case good
        /// Worth knowing, but nothing is wrong.
        case note
        /// Something is wrong or will go wrong.
        case problem
    }

    public var level: Level
    /// What was looked at: `database`, `machine`, `data`.
    public var area: String
    /// What was looked for, a few words.
    public var subject: String
    /// What was found, one sentence without a full stop.
    public var text: String
    /// What to do about it, one sentence without a full stop; nil where nothing need be done.
    public var remedy: String?

    public init(_ level: Level, _ area: String, _ subject: String, _ text: String, remedy: String? = nil) {
        self.level = level
        self.area = area
        self.subject = subject
        self.text = text
        self.remedy = remedy
    }
}
