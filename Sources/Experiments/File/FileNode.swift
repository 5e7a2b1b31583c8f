/// A value of an experiment file with its place, before anything is known of its meaning.
struct FileNode: Sendable {
    indirect enum Content: Sendable {
        /// A text, and whether it stands without quotation marks: only then it may be a number.
        case scalar(String, isPlain: Bool)
        case list([FileNode])
        /// Keys are different from each other.
        case mapping([Entry])
    }

    struct Entry: Sendable {
        let key: FileNode
        let value: FileNode
    }

    let content: Content
    let place: Diagnostic.Place

    /// The text of a scalar.
    var text: String? {
        if case .scalar(let text, _) = content { return text }
        return nil
    }

    /// The text of a scalar without quotation marks.
    var plainText: String? {
        if case .scalar(let text, isPlain: true) = content { return text }
        return nil
    }

    /// Whether a key was written and its value was not, or was written as null.
    var isEmpty: Bool {
        ["", "~", "null", "Null", "NULL"].contains(plainText)
    }

    /// What stands here, for an error: `'yes'`, a list.
    var description: String {
        switch content {
        case .scalar(let text, _): text.count <= 40 ? "`\(text)`" : "`\(text.prefix(37))…`"
        case .list: "a list"
        case .mapping: "a section"
        }
    }
}
