/// The hybrid layer pattern of Megatron-LM (`--hybrid-override-pattern`) and of Nemotron-H's configuration.
///
/// There each character is a layer of its own: `M` Mamba, `*` attention, `-` MLP. A block here is a mixer and its MLP, so
/// it is written as two layers, `M-` or `*-`, and a lone `-` is the `identity` mixer's block. A text without any `-` is
/// read as one block a letter, `MM**`, as people abbreviate it; where some letters have their MLP and others not, the
/// text is refused, because a mixer without MLP is no block here.
///
/// `|` separates stages; Megatron uses it for pipeline stages, which all have one width. `C`, a convolution block, is no
/// letter of Megatron: it is there so that a whole layout can be written, and the stages that hold it cannot be carried over.
enum MegatronNotation {
    private static let table = ["mamba": "M-", "attention": "*-", "identity": "-", "conv": "C"]

    static func text(of layout: Layout) throws(Diagnostics) -> String {
        try layout.letters(of: .megatron, table)
    }

    static func layout(_ problems: TextProblems, _ vocabulary: Vocabulary) throws(Diagnostics) -> Layout {
        var reader = LetterReader(problems, vocabulary)
        let letters = reader.stages { letter in
            switch letter {
            case "M": "mamba"
            case "*": "attention"
            case "-": "identity"
            case "C": "conv"
            default: nil
            }
        } remedy: { letter in
            switch letter {
            case "A", "S": "Megatron writes * for attention"
            case "E": "E is Megatron's mixture of experts, which no block here has"
            case "/": "layers behind / predict further tokens, which no layout here does"
            default: "the pattern's letters are M, *, - and, for conv, C"
            }
        }
        let hasMLPs = problems.text.contains("-")
        var stages: [Stage] = []
        for stage in letters {
            stages.append(Stage(blocks(stage, hasMLPs: hasMLPs, &reader.problems)))
        }
        try reader.problems.throwIfAny()
        return Layout(stages: stages)
    }

    private static func blocks(
        _ letters: [(mixer: String, offset: Int)], hasMLPs: Bool, _ problems: inout TextProblems
    ) -> [Block] {
        var blocks: [Block] = []
        var rest = letters[...]
        while let letter = rest.popFirst() {
            blocks.append(Block(letter.mixer))
            guard hasMLPs, letter.mixer == "mamba" || letter.mixer == "attention" else { continue }
            if rest.first?.mixer == "identity" {
                rest.removeFirst()
            } else {
                problems.add(
                    "a mixer without its MLP", at: letter.offset..<(letter.offset + 1),
                    remedy: "each block here has an MLP: write `M-` and `*-`, or leave out every `-`")
            }
        }
        return blocks
    }
}
