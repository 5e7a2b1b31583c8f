/// The words that a layout may use: one entry for each mixer, in the order in which help and errors list them.
///
/// The notation does not know the mixers; `Networks` hands it this list, so that a new mixer is one file and one word.
public struct Vocabulary: Sendable {
    public let words: [MixerWord]

    public init(_ words: [MixerWord]) {
        self.words = words
    }

    /// The word with this keyword.
    public subscript(_ keyword: String) -> MixerWord? {
        words.first { $0.keyword == keyword }
    }
}

/// What the notation must know of a mixer.
public struct MixerWord: Sendable {
    /// The full word in the notation, the file and the report: `attention`.
    public let keyword: String
    /// The capital letter of the canonical and compact forms, for mixers that have one: `A`. A mixer without a letter
    /// prints as its keyword.
    public let letter: Character?
    /// One line for help texts.
    public let summary: String
    /// The options that may stand in brackets behind the word.
    public let options: [OptionDefinition]

    public init(keyword: String, letter: Character?, summary: String, options: [OptionDefinition]) {
        self.keyword = keyword
        self.letter = letter
        self.summary = summary
        self.options = options
    }
}

/// One option of a mixer: `[state=16]`.
public struct OptionDefinition: Sendable {
    public enum Kind: Sendable {
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case word([String])
    }

    public let name: String
    public let kind: Kind
    /// The value when the option is not written; nil where the backbone decides (`heads` follow from the width).
    public let defaultValue: OptionValue?
    public let summary: String

    public init(_ name: String, _ kind: Kind, default defaultValue: OptionValue?, summary: String) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
        self.summary = summary
    }
}
