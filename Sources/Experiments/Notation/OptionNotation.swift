extension OptionDefinition {
    /// The value that a text of the notation gives this option, or nil where it has another type or lies outside its range.
    func value(of text: String) -> OptionValue? {
        switch kind {
        case .integer(let range):
            guard text.allSatisfy({ $0.isNotationDigit || $0 == "-" }), let value = Int(text), range.contains(value)
            else { return nil }
            return .integer(value)
        case .number(let range):
            guard let value = Double(text), range.contains(value) else { return nil }
            return .number(value)
        case .word(let words):
            return words.contains(text) ? .word(text) : nil
        }
    }

    /// Which values the option takes: `a whole number from 1 to 64`.
    var range: String {
        switch kind {
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .word(let words): words.joined(separator: " or ")
        }
    }
}

extension OptionValue {
    /// The value as the notation writes it.
    public var notation: String {
        switch self {
        case .integer(let value): String(value)
        case .number(let value): value == 0 ? "0.0" : String(value)
        case .word(let word): word
        }
    }
}
