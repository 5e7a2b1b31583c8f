/// Which block sits where, stage by stage: the value that the notation reads and prints.
///
/// A layout is always fully expanded: `M8 with A at last(1/2)` and `M4 A4` are the same value. Options that equal the
/// mixer's default are left out, so equal layouts are equal values and print the same canonical text.
public struct Layout: Hashable, Sendable {
    /// From the stem to the head. Stage i of a backbone of width C is C·2^i channels wide.
    public var stages: [Stage]

    public init(stages: [Stage]) {
        self.stages = stages
    }
}

/// The blocks of one stage, in order.
public struct Stage: Hashable, Sendable {
    public var blocks: [Block]

    public init(_ blocks: [Block]) {
        self.blocks = blocks
    }
}

/// One block: its mixer's keyword and the options that differ from the mixer's defaults.
public struct Block: Hashable, Sendable {
    public var mixer: String
    public var options: [String: OptionValue]

    public init(_ mixer: String, options: [String: OptionValue] = [:]) {
        self.mixer = mixer
        self.options = options
    }
}

/// The value of a mixer's option, as written in the notation: `[state=16]`, `[ratio=0.5]`, `[scan=off]`.
public enum OptionValue: Hashable, Sendable {
    case integer(Int)
    case number(Double)
    case word(String)
}
