/// Cuts a text of the notation into tokens; what is no token is reported and left out.
struct LayoutLexer {
    private let text: [Character]
    private var position: Int
    private let end: Int
    private var tokens: [LayoutToken] = []

    private init(_ text: [Character], _ range: Range<Int>) {
        self.text = text
        position = range.lowerBound
        end = range.upperBound
    }

    /// The tokens of the problems' text, or of a part of it, and an end.
    static func tokens(in range: Range<Int>? = nil, problems: inout TextProblems) -> [LayoutToken] {
        let text = problems.text
        var lexer = LayoutLexer(text, range ?? 0..<text.count)
        while lexer.position < lexer.end { lexer.next(&problems) }
        return lexer.tokens + [LayoutToken(kind: .end, range: lexer.end..<lexer.end)]
    }

    private mutating func next(_ problems: inout TextProblems) {
        let start = position
        let character = text[position]
        if character.isWhitespace {
            position += 1
        } else if character.isNotationLetter {
            word()
            append(.word(String(text[start..<position])), from: start)
        } else if character.isNotationDigit {
            number()
            append(.number(String(text[start..<position])), from: start)
        } else if "|()[],:=*/-".contains(character) {
            position += 1
            append(.sign(character), from: start)
        } else if character == "{" {
            axis(&problems)
        } else {
            stray(&problems)
        }
    }

    private mutating func append(_ kind: LayoutToken.Kind, from start: Int) {
        tokens.append(LayoutToken(kind: kind, range: start..<position))
    }

    /// Letters, digits and `_`; `-` between two of these.
    private mutating func word() {
        while position < end {
            let character = text[position]
            let isHyphen =
                character == "-" && position + 1 < end
                && (text[position + 1].isNotationLetter || text[position + 1].isNotationDigit)
            guard character.isNotationLetter || character.isNotationDigit || character == "_" || isHyphen else {
                return
            }
            position += 1
        }
    }

    private mutating func number() {
        digits()
        if position + 1 < end, text[position] == ".", text[position + 1].isNotationDigit {
            position += 1
            digits()
        }
        guard position < end, text[position] == "e" || text[position] == "E" else { return }
        var exponent = position + 1
        if exponent < end, text[exponent] == "-" || text[exponent] == "+" { exponent += 1 }
        if exponent < end, text[exponent].isNotationDigit {
            position = exponent
            digits()
        }
    }

    private mutating func digits() {
        while position < end, text[position].isNotationDigit { position += 1 }
    }

    private mutating func axis(_ problems: inout TextProblems) {
        let start = position
        let stop = text[start..<end].firstIndex { $0 == "}" || $0 == "|" || $0.isNewline }
        if let stop, text[stop] == "}" {
            position = stop + 1
            append(.axis(String(text[(start + 1)..<stop])), from: start)
        } else {
            position += 1
            problems.add("`{` has no `}`", at: start..<position, remedy: "write an axis as `{name}`")
        }
    }

    private mutating func stray(_ problems: inout TextProblems) {
        let start = position
        let character = text[start]
        while position < end, text[position] == character { position += 1 }
        problems.add("unexpected character \(named(character))", at: start..<position, remedy: remedy(for: character))
    }

    private func remedy(for character: Character) -> String {
        switch character {
        case "×", "x": "write a repetition as `M*4` or `M4`"
        case ";", "\\": "separate stages by `|`"
        case "}": "write an axis as `{name}`"
        case "\"", "'": "write the layout without quotation marks"
        default: "a layout holds words, numbers and the signs | ( ) [ ] , : = * /"
        }
    }
}

/// A character as a message shows it; one that cannot be seen by its code.
func named(_ character: Character) -> String {
    let isVisible = character.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
    if isVisible, character.unicodeScalars.count <= 4 { return "`\(character)`" }
    return character.unicodeScalars.prefix(4).map { "U+" + hexadecimal($0.value, width: 4) }.joined(separator: " ")
}

func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Character {
    var isNotationLetter: Bool { isASCII && isLetter }
    var isNotationDigit: Bool { isASCII && isNumber }
}
