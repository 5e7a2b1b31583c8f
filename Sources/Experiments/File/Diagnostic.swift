/// One thing that is wrong with what a person wrote: what, where, and what to do.
public struct Diagnostic: Error, Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable {
        case error, warning
    }

    /// A place in a text. Lines and columns count from 1; a column counts characters.
    public struct Place: Hashable, Sendable {
        /// The file's path as the person gave it, or a word for a text that is no file (`layout`).
        public var file: String
        public var line: Int
        public var column: Int
        /// The whole line, to be shown with a caret; nil where it is too long or not text.
        public var excerpt: String?
        /// How many characters the caret marks.
        public var length: Int

        public init(file: String, line: Int, column: Int, excerpt: String? = nil, length: Int = 1) {
            self.file = file
            self.line = line
            self.column = column
            self.excerpt = excerpt
            self.length = length
        }
    }

    public var severity: Severity
    /// What is wrong, one sentence without a full stop.
    public var message: String
    public var place: Place?
    /// What to do about it, one sentence without a full stop; a suggestion of the nearest word stands here.
    public var remedy: String?

    /// An error.
    public init(_ message: String, at place: Place? = nil, remedy: String? = nil) {
        self.init(.error, message, at: place, remedy: remedy)
    }

    public init(_ severity: Severity, _ message: String, at place: Place? = nil, remedy: String? = nil) {
        self.severity = severity
        self.message = message
        self.place = place
        self.remedy = remedy
    }
}

/// Everything that is wrong with one input, found in one pass.
public struct Diagnostics: Error, Sendable {
    public var all: [Diagnostic]

    public init(_ all: [Diagnostic]) {
        self.all = all
    }

    public var hasErrors: Bool { all.contains { $0.severity == .error } }
}
