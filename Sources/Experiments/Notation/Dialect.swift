/// A way of writing layouts, chosen by `--notation`.
public enum Dialect: String, CaseIterable, Sendable {
    /// Reads words, letters, runs, groups, options and placements; prints the canonical form `C | C3 | M4 A4 | M2 A2`.
    case ablate
    /// Prints `conv | conv*3 | mamba*4 attention*4`; reads what `ablate` reads.
    case words
    /// Prints one letter a block, `C|CCC|MMMMAAAA`; reads what `ablate` reads.
    case compact
    /// The MambaVision paper's letters: M mixer, S self-attention, and C for its convolution blocks.
    case paper = "paper-letters"
    /// The hybrid pattern of Megatron-LM and Nemotron: M Mamba, * attention, - MLP, and C, which is not theirs.
    case megatron
    /// A JSON list of layer types for each stage: `[["conv"],["mamba","attention"]]`.
    case json
    /// The official code's depths, convolution stages and attention indices.
    case attentionIndices = "attention-indices"

    /// One line for help texts.
    public var summary: String {
        switch self {
        case .ablate: "words, letters, runs, groups, options, placements: C | C3 | M8 with A at last(1/2)"
        case .words: "conv | conv*3 | mamba*4 attention*4"
        case .compact: "C|CCC|MMMMAAAA"
        case .paper: "the MambaVision paper's letters, S for self-attention: C|CCC|MMMMSSSS"
        case .megatron: "the hybrid pattern of Megatron-LM and Nemotron: M-M-*-*-"
        case .json: "a JSON list of layer types: [[\"conv\"],[\"mamba\",\"attention\"]]"
        case .attentionIndices: "depths=[1,3,8,4] conv=[0,1] attention=[[],[],[4,5,6,7],[2,3]]"
        }
    }
}
