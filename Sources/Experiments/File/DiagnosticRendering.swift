extension Diagnostic {
    /// The diagnostic as a person reads it: place and message, the line with a caret, and what to do.
    ///
    /// ```
    /// layout:1:10: error: unknown mixer `X`
    ///     C | C3 | X4
    ///              ^~
    ///     help: the mixers are C (conv), M (mamba), A (attention)
    /// ```
    /// Control characters are escaped, so that no input can write to the terminal; a long line is cut around the caret.
    public func rendered(colour: Bool = false) -> String {
        let paint = TerminalPaint(isOn: colour)
        let head = place.map { "\(escaped($0.file)):\($0.line):\($0.column): " } ?? ""
        let kind = severity == .error ? paint.red("error:") : paint.yellow("warning:")
        var lines = ["\(paint.bold(head))\(kind) \(paint.bold(escaped(message)))"]
        if let place, let excerpt = place.excerpt {
            let shown = ExcerptLine(excerpt, column: place.column, length: place.length)
            lines.append("    " + shown.text)
            lines.append("    " + String(repeating: " ", count: shown.indent) + paint.green(shown.caret))
        }
        if let remedy { lines.append("    \(paint.bold("help:")) \(escaped(remedy))") }
        return lines.joined(separator: "\n")
    }
}

extension Diagnostics {
    /// All diagnostics as a person reads them, one below the other.
    public func rendered(colour: Bool = false) -> String {
        all.map { $0.rendered(colour: colour) }.joined(separator: "\n")
    }
}

extension Diagnostic: CustomStringConvertible {
    public var description: String { rendered() }
}

extension Diagnostics: CustomStringConvertible {
    public var description: String { rendered() }
}

/// The text with everything escaped that a terminal would obey.
private func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += DisplayCell($1).text }
}

/// ANSI colours, or none.
private struct TerminalPaint {
    let isOn: Bool

    func bold(_ text: String) -> String { paint(text, "1") }
    func red(_ text: String) -> String { paint(text, "1;31") }
    func yellow(_ text: String) -> String { paint(text, "1;33") }
    func green(_ text: String) -> String { paint(text, "1;32") }

    private func paint(_ text: String, _ code: String) -> String {
        isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
