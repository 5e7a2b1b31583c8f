/// Collects everything that is wrong with one text, each with its place.
struct TextProblems {
    /// More errors than these in one text are counted, not listed.
    static let limit = 50

    let text: [Character]
    let origin: TextOrigin
    /// For a text made by substitution: where its characters come from, and a note on what was substituted.
    let substitution: Substitution?

    private var found: [(offset: Int, diagnostic: Diagnostic)] = []
    private var unlisted = 0
    /// The lines of the text as written, once an error needs them.
    private var lines: [TextLine]?

    init(text: [Character], origin: TextOrigin, substitution: Substitution? = nil) {
        self.text = text
        self.origin = origin
        self.substitution = substitution
    }

    var isEmpty: Bool { found.isEmpty }
    var count: Int { found.count + unlisted }

    mutating func add(_ message: String, at range: Range<Int>, remedy: String? = nil) {
        guard found.count < TextProblems.limit else {
            unlisted += 1
            return
        }
        let source = substitution?.sourceRange(of: range) ?? range
        let written = substitution?.source ?? text
        let lines = self.lines ?? TextLine.lines(of: written)
        self.lines = lines
        let place = origin.place(of: source, in: written, lines: lines)
        let message = message + (substitution?.note ?? "")
        found.append((source.lowerBound, Diagnostic(message, at: place, remedy: remedy)))
    }

    /// Throws all that was found, in the order of the text.
    func throwIfAny() throws(Diagnostics) {
        if isEmpty { return }
        var all = found.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
            .map(\.element.diagnostic)
        if unlisted > 0 {
            all.append(Diagnostic("\(unlisted) more errors in this text are not listed", at: all.last?.place))
        }
        throw Diagnostics(all)
    }
}

/// What of a text was put in for an axis, so that an error points at the `{name}` in the text the person wrote.
struct Substitution {
    /// The text as written.
    let source: [Character]
    /// For each character of the substituted text: the characters of `source` that it stands for.
    let ranges: [Range<Int>]
    /// ` (with k = 9)`.
    let note: String

    func sourceRange(of range: Range<Int>) -> Range<Int> {
        guard range.lowerBound < ranges.count else { return source.count..<source.count }
        let lower = ranges[range.lowerBound].lowerBound
        guard !range.isEmpty else { return lower..<lower }
        return lower..<max(lower, ranges[min(range.upperBound, ranges.count) - 1].upperBound)
    }
}
