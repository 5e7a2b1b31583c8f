/// A JSON list of layer types for each stage, `[["conv"],["mamba","attention"]]`; one list for a layout of one stage.
///
/// A type is a mixer's word, with options in brackets where it has any: `"mamba[state=16]"`. Reading also takes the
/// mixers' letters, and `full_attention`, the name in the configurations of Hugging Face Transformers.
struct LayerTypesNotation {
    private let vocabulary: Vocabulary
    private var problems: TextProblems
    private var position = 0

    static func text(of layout: Layout) -> String {
        let stages = layout.stages.map { stage in
            "[" + stage.blocks.map { "\"\($0.mixer)\($0.optionsNotation)\"" }.joined(separator: ",") + "]"
        }
        return stages.count == 1 ? stages[0] : "[" + stages.joined(separator: ",") + "]"
    }

    static func layout(_ problems: TextProblems, _ vocabulary: Vocabulary) throws(Diagnostics) -> Layout {
        var reader = LayerTypesNotation(vocabulary: vocabulary, problems: problems)
        let stages = reader.read()
        try reader.problems.throwIfAny()
        return Layout(stages: stages)
    }

    private init(vocabulary: Vocabulary, problems: TextProblems) {
        self.vocabulary = vocabulary
        self.problems = problems
    }

    private mutating func read() -> [Stage] {
        guard take("[") else {
            report("a list of layer types begins with `[`")
            return []
        }
        let isNested = next == "["
        var stages: [Stage] = []
        if isNested {
            list { reader in
                guard reader.take("[") else {
                    reader.report("every stage is a list here")
                    return false
                }
                guard let stage = reader.stage() else { return false }
                stages.append(stage)
                return true
            }
        } else {
            stages = [stage()].compactMap(\.self)
        }
        if problems.isEmpty, next != nil { report("unexpected text behind the list") }
        if stages.count > LayoutLimits.stages {
            problems.add("a layout has at most \(LayoutLimits.stages) stages", at: 0..<problems.text.count)
        }
        return stages
    }

    /// Reads the types of a stage whose `[` has been read; nil where the list breaks off.
    private mutating func stage() -> Stage? {
        let open = position - 1
        var blocks: [Block] = []
        let isWhole = list { reader in
            guard reader.next == "\"", let range = reader.string() else {
                reader.report("a layer type is a word in quotation marks")
                return false
            }
            blocks.append(reader.block(in: range))
            return true
        }
        guard isWhole else { return nil }
        if blocks.isEmpty {
            problems.add("the stage is empty", at: open..<position, remedy: "write at least one layer type")
        }
        if blocks.count > LayoutLimits.depth {
            problems.add(
                "the stage is \(blocks.count) blocks deep", at: open..<(open + 1),
                remedy: "a stage has at most \(LayoutLimits.depth) blocks")
        }
        return Stage(blocks)
    }

    /// Reads elements and commas up to `]`; false where that breaks off.
    @discardableResult
    private mutating func list(_ element: (inout LayerTypesNotation) -> Bool) -> Bool {
        if take("]") { return true }
        while element(&self) {
            if take("]") { return true }
            guard take(",") else {
                report("`,` or `]` is missing")
                return false
            }
        }
        return false
    }

    private mutating func block(in range: Range<Int>) -> Block {
        if String(problems.text[range]) == "full_attention", vocabulary["attention"] != nil {
            return Block("attention")
        }
        let countBefore = problems.count
        var parser = LayoutSyntaxParser(vocabulary: vocabulary, allowsSets: false, problems: problems, range: range)
        var sequence = SequenceSyntax()
        if case .word = parser.token.kind { parser.blocks(into: &sequence) }
        problems = parser.problems
        if sequence.items.count == 1, sequence.depth ?? 1 == 1, parser.token.kind == .end,
            case .block(let block) = sequence.items[0].content
        {
            return block
        }
        if problems.count == countBefore {
            problems.add("a layer type is one block", at: range, remedy: "write its mixer's word, such as \"mamba\"")
        }
        return Block("")
    }

    /// The first character that is no white space.
    private var next: Character? {
        mutating get {
            while position < problems.text.count, problems.text[position].isWhitespace { position += 1 }
            return position < problems.text.count ? problems.text[position] : nil
        }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard next == character else { return false }
        position += 1
        return true
    }

    /// The characters between the quotation marks that stand here.
    private mutating func string() -> Range<Int>? {
        let start = position + 1
        let end = problems.text[start...].firstIndex { $0 == "\"" || $0.isNewline }
        guard let end, problems.text[end] == "\"" else { return nil }
        position = end + 1
        return start..<end
    }

    private mutating func report(_ message: String) {
        let range = next == nil ? position..<position : position..<(position + 1)
        problems.add(message, at: range, remedy: "write the layout as `[[\"conv\"],[\"mamba\",\"attention\"]]`")
    }
}
