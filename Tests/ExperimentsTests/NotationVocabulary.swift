import Experiments

/// Mixers to write layouts with in tests; the real list stands in `Networks`.
let testVocabulary = Vocabulary([
    MixerWord(keyword: "conv", letter: "C", summary: "two 3×3 convolutions", options: []),
    MixerWord(
        keyword: "mamba", letter: "M", summary: "the selective scan of MambaVision",
        options: [
            OptionDefinition("state", .integer(1...256), default: .integer(8), summary: "states a channel"),
            OptionDefinition("expand", .number(0.25...4), default: .number(1), summary: "inner width"),
            OptionDefinition("conv-kernel", .integer(1...9), default: .integer(3), summary: "taps"),
            OptionDefinition("scan", .word(["on", "off"]), default: .word("on"), summary: "whether to scan"),
        ]),
    MixerWord(
        keyword: "attention", letter: "A", summary: "multi-head self-attention",
        options: [
            OptionDefinition("heads", .integer(1...64), default: nil, summary: "heads"),
            OptionDefinition("window", .integer(1...64), default: nil, summary: "window side"),
        ]),
    MixerWord(keyword: "identity", letter: "I", summary: "no mixing", options: []),
    MixerWord(keyword: "mamba-no-scan", letter: nil, summary: "mamba without its scan", options: []),
])

let testParser = LayoutParser(vocabulary: testVocabulary)

/// MambaVision-T's layout, built without any notation.
let mambaVisionTiny = Layout(stages: [
    Stage([Block("conv")]),
    Stage(Array(repeating: Block("conv"), count: 3)),
    Stage(Array(repeating: Block("mamba"), count: 4) + Array(repeating: Block("attention"), count: 4)),
    Stage(Array(repeating: Block("mamba"), count: 2) + Array(repeating: Block("attention"), count: 2)),
])

/// The diagnostics that reading this text gives, or none.
func problems(_ text: String, dialect: Dialect = .ablate) -> [Diagnostic] {
    do {
        _ = try testParser.layout(text, dialect: dialect)
        return []
    } catch {
        return error.all
    }
}
