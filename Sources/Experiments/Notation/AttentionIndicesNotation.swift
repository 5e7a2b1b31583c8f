/// The official code's way: the depth of each stage and, for each stage, the indices of its attention blocks.
///
/// `depths=[1,3,8,4] conv=[0,1] attention=[[],[],[4,5,6,7],[2,3]]`. Stages and blocks count from 0. `conv` lists the stages
/// of convolution blocks; left out, it is the official `conv = (i < 2)`. Every other block is a Mamba mixer. The lists are
/// Python's, so they can be pasted where the code takes `depths` and each level's `transformer_blocks`.
enum AttentionIndicesNotation {
    static func text(of layout: Layout) throws(Diagnostics) -> String {
        var conv: [Int] = []
        var attention: [String] = []
        for (index, stage) in layout.stages.enumerated() {
            let isConv = stage.blocks.first?.mixer == "conv"
            if isConv { conv.append(index) }
            let allowed = isConv ? ["conv"] : ["mamba", "attention"]
            for (position, block) in stage.blocks.enumerated()
            where !block.options.isEmpty || !allowed.contains(block.mixer) {
                throw Layout.inexpressible(block, stage: index, position: position, in: .attentionIndices)
            }
            attention.append(list(stage.blocks.indices.filter { stage.blocks[$0].mixer == "attention" }))
        }
        return "depths=\(list(layout.stages.map(\.blocks.count))) conv=\(list(conv)) "
            + "attention=[\(attention.joined(separator: ","))]"
    }

    private static func list(_ numbers: [Int]) -> String {
        "[" + numbers.map(String.init).joined(separator: ",") + "]"
    }

    static func layout(_ problems: TextProblems, _ vocabulary: Vocabulary) throws(Diagnostics) -> Layout {
        var reader = IndexListReader(problems)
        reader.read()
        let layout = layout(&reader)
        try reader.problems.throwIfAny()
        return try layout.normalized(vocabulary)
    }

    private static func layout(_ reader: inout IndexListReader) -> Layout {
        guard let depths = reader.depths() else { return Layout(stages: []) }
        let conv = reader.convolutionStages(depths.count)
        let attention = reader.attention(depths)
        var stages: [Stage] = []
        for (index, depth) in depths.enumerated() {
            let isConv = conv.contains(index)
            var stage = Stage(Block(isConv ? "conv" : "mamba") * depth)
            for position in attention[index] {
                if isConv {
                    reader.problems.add(
                        "stage \(index) has convolution blocks and cannot have attention", at: position.range,
                        remedy: "list the stages of convolution blocks, as in `conv=[0,1]`, or `conv=[]` for none")
                } else {
                    stage.blocks[position.value] = Block("attention")
                }
            }
            stages.append(stage)
        }
        return Layout(stages: stages)
    }
}
