/// What a key of the experiment file may hold. The reader, the JSON Schema and the reference of keys all follow it.
public indirect enum ValueShape: Sendable {
    case integer(ClosedRange<Int>)
    case number(NumberRange)
    case boolean
    /// One of a few words, each with what it stands for.
    case choice([Word])
    /// Free text of one line or more.
    case text
    /// A name in a table: of an experiment, a row.
    case name
    /// A layout in the notation.
    case layout
    /// `better > worse`, chains allowed.
    case claim
    case list(ValueShape, count: ClosedRange<Int>)
    /// A mapping whose keys are known.
    case section([KeyDefinition])
    /// A mapping whose keys the person chooses; the text says what the keys are.
    case table(of: ValueShape, named: String)
    /// The first of these that fits.
    case either([ValueShape])

    /// A word that a value may be.
    public struct Word: Hashable, Sendable {
        public let word: String
        public let summary: String

        public init(_ word: String, _ summary: String) {
            self.word = word
            self.summary = summary
        }
    }
}

/// The numbers that a setting may take.
public struct NumberRange: Hashable, Sendable {
    public var lowest: Double
    /// Whether `lowest` itself is allowed.
    public var includesLowest: Bool
    /// The upper bound; infinity for none.
    public var highest: Double
    public var includesHighest: Bool

    /// Numbers of the closed range.
    public static func from(_ lowest: Double, to highest: Double) -> NumberRange {
        NumberRange(lowest: lowest, includesLowest: true, highest: highest, includesHighest: true)
    }

    /// Numbers from `lowest` up to, but not, `bound`.
    public static func from(_ lowest: Double, below bound: Double) -> NumberRange {
        NumberRange(lowest: lowest, includesLowest: true, highest: bound, includesHighest: false)
    }

    /// Numbers above `bound`, up to `highest`.
    public static func above(_ bound: Double, to highest: Double) -> NumberRange {
        NumberRange(lowest: bound, includesLowest: false, highest: highest, includesHighest: true)
    }

    /// Every finite number.
    public static let any = NumberRange(
        lowest: -.infinity, includesLowest: false, highest: .infinity, includesHighest: false)

    public func contains(_ value: Double) -> Bool {
        (includesLowest ? value >= lowest : value > lowest) && (includesHighest ? value <= highest : value < highest)
    }
}

extension ValueShape: CustomStringConvertible {
    /// The shape in words: `an integer from 1 to 65536`.
    public var description: String {
        switch self {
        case .integer(let range): "an integer " + ValueShape.describe(range)
        case .number(let range): "a number" + ValueShape.describe(range)
        case .boolean: "`true` or `false`"
        case .choice(let words):
            words.count == 1 ? "`\(words[0].word)`" : "one of " + words.map { "`\($0.word)`" }.joined(separator: ", ")
        case .text: "text"
        case .name: "a name"
        case .layout: "a layout"
        case .claim: "a claim such as `better > worse`"
        case .list(let element, let count): "a list of " + ValueShape.counted(count) + " (each \(element))"
        case .section(let keys): "a section with keys such as `\(keys.first?.name ?? "")`"
        case .table(let element, let named): "a table of \(named), each with \(element)"
        case .either(let shapes): shapes.map(\.description).joined(separator: ", or ")
        }
    }

    private static func describe(_ range: ClosedRange<Int>) -> String {
        range.upperBound == .max ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    }

    private static func counted(_ count: ClosedRange<Int>) -> String {
        if count.lowerBound == count.upperBound { return "\(count.lowerBound) values" }
        return count.upperBound == .max ? "values" : "up to \(count.upperBound) values"
    }

    private static func describe(_ range: NumberRange) -> String {
        let lower = (range.includesLowest ? "from " : "above ") + SettingValue.shortest(range.lowest)
        let upper =
            (range.includesHighest ? (range.includesLowest ? "to " : "and up to ") : "and below ")
            + SettingValue.shortest(range.highest)
        return range == .any ? "" : " \(lower) \(upper)"
    }
}
