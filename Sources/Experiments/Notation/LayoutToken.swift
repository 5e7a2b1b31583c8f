/// A word, number or sign of the notation and the characters it stands on.
struct LayoutToken: Equatable {
    enum Kind: Equatable {
        case word(String)
        /// Digits, perhaps with a fraction and an exponent, no sign.
        case number(String)
        case sign(Character)
        /// `{name}`
        case axis(String)
        case end
    }

    let kind: Kind
    let range: Range<Int>

    func isSign(_ sign: Character) -> Bool { kind == .sign(sign) }
    func isWord(_ word: String) -> Bool { kind == .word(word) }

    /// The token as an error message shows it.
    var description: String {
        switch kind {
        case .word(let word): "`\(elided(word))`"
        case .number(let number): "`\(elided(number))`"
        case .sign(let sign): "`\(sign)`"
        case .axis(let name): "`{\(elided(name))}`"
        case .end: "the end"
        }
    }
}

/// The text, or its beginning where it is too long for a message.
func elided(_ text: some StringProtocol, to limit: Int = 40) -> String {
    let head = text.prefix(limit)
    return head.endIndex == text.endIndex ? String(text) : head + "…"
}
