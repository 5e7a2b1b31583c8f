/// The letters of the MambaVision paper's ablation of hybrid patterns (Hatamizadeh and Kautz 2024, Table 5).
///
/// M is a block with the paper's mixer, S one with self-attention, each with its MLP. The paper prints no letter for the
/// blocks of the first two stages; C stands for them here, so that a whole layout can be written.
enum PaperNotation {
    static let table = ["mamba": "M", "attention": "S", "conv": "C"]

    static func layout(_ problems: TextProblems, _ vocabulary: Vocabulary) throws(Diagnostics) -> Layout {
        var reader = LetterReader(problems, vocabulary)
        let stages = reader.stages { letter in
            switch letter {
            case "M": "mamba"
            case "S": "attention"
            case "C": "conv"
            default: nil
            }
        } remedy: { letter in
            letter == "A" ? "the paper writes S for self-attention" : "the paper's letters are M, S and, for conv, C"
        }
        try reader.problems.throwIfAny()
        return Layout(stages: stages.map { Stage($0.map { Block($0.mixer) }) })
    }
}

/// Reads texts of one character a block and `|` between stages.
struct LetterReader {
    var problems: TextProblems
    private let vocabulary: Vocabulary

    init(_ problems: TextProblems, _ vocabulary: Vocabulary) {
        self.problems = problems
        self.vocabulary = vocabulary
    }

    /// The mixer of each character, stage by stage. White space is passed; everything unknown is reported.
    mutating func stages(
        mixer: (Character) -> String?, remedy: (Character) -> String
    ) -> [[(mixer: String, offset: Int)]] {
        let text = problems.text
        var stages: [[(mixer: String, offset: Int)]] = [[]]
        var isStageBroken = false
        for (offset, character) in text.enumerated() where !character.isWhitespace {
            let range = offset..<(offset + 1)
            if character == "|" {
                checkDepth(stages[stages.count - 1].count, isStageBroken, at: range)
                stages.append([])
                isStageBroken = false
            } else if let mixer = mixer(character), vocabulary[mixer] != nil {
                stages[stages.count - 1].append((mixer, offset))
            } else {
                isStageBroken = true
                problems.add("unknown letter \(named(character))", at: range, remedy: remedy(character))
            }
        }
        checkDepth(stages[stages.count - 1].count, isStageBroken, at: text.count..<text.count)
        if stages.count > LayoutLimits.stages {
            problems.add("a layout has at most \(LayoutLimits.stages) stages", at: 0..<text.count)
        }
        return stages
    }

    private mutating func checkDepth(_ depth: Int, _ isBroken: Bool, at range: Range<Int>) {
        if depth == 0, !isBroken {
            problems.add("the stage is empty", at: range, remedy: "write at least one letter")
        }
        if depth > LayoutLimits.depth {
            problems.add(
                "the stage is \(depth) blocks deep", at: range,
                remedy: "a stage has at most \(LayoutLimits.depth) blocks")
        }
    }
}
