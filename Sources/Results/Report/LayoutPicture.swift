import Experiments

/// A layout as blocks to draw, stage by stage: what the report and `ablate describe` show of it.
public struct LayoutPicture: Hashable, Sendable {
    /// What a block is drawn as.
    enum Kind: String, CaseIterable, Hashable, Sendable {
        case conv, mamba, attention
        /// A block that leaves something out, to compare with.
        case control
        /// Mixers beside the two, by turns.
        case other, another
    }

    struct Cell: Hashable, Sendable {
        /// One capital letter.
        var letter: String
        /// The block in words with its options: `attention[window=7]`.
        var name: String
        var kind: Kind
        var hasOptions: Bool
    }

    var stages: [[Cell]]

    public init(_ layout: Layout, _ vocabulary: Vocabulary) {
        let styles = LayoutPicture.kinds(vocabulary)
        stages = layout.stages.map { stage in
            stage.blocks.map { block in
                Cell(
                    letter: LayoutPicture.letter(block, vocabulary), name: block.mixer + block.optionsNotation,
                    kind: styles[block.mixer] ?? .other, hasOptions: !block.options.isEmpty)
            }
        }
    }

    /// Reads the canonical text that the store has.
    ///
    /// - Returns: nil where a word is unknown: an older or newer program may have had other mixers.
    init?(_ text: String, _ vocabulary: Vocabulary) {
        do {
            self.init(try LayoutParser(vocabulary: vocabulary).layout(text), vocabulary)
        } catch {
            return nil
        }
    }

    /// How many blocks there are.
    var depth: Int { stages.reduce(0) { $0 + $1.count } }

    /// The positions of attention in the whole network: stage and place in it, from 0.
    var attention: [(stage: Int, place: Int)] {
        stages.enumerated().flatMap { stage, cells in
            cells.indices.filter { cells[$0].kind == .attention }.map { (stage, $0) }
        }
    }

    /// Each different block once, in the order in which they come.
    static func legend(_ pictures: [LayoutPicture]) -> [Cell] {
        var seen: Set<String> = []
        return pictures.flatMap { $0.stages.flatMap { $0 } }.filter { seen.insert($0.name).inserted }
    }

    private static func letter(_ block: Block, _ vocabulary: Vocabulary) -> String {
        (vocabulary[block.mixer]?.letter ?? block.mixer.first).map { $0.uppercased() } ?? "?"
    }

    private static func kinds(_ vocabulary: Vocabulary) -> [String: Kind] {
        var kinds: [String: Kind] = [
            "conv": .conv, "mamba": .mamba, "attention": .attention, "identity": .control, "no-scan": .control,
        ]
        let rest = vocabulary.words.map(\.keyword).filter { kinds[$0] == nil }
        for (index, keyword) in rest.enumerated() {
            kinds[keyword] = index.isMultiple(of: 2) ? .other : .another
        }
        return kinds
    }
}
