extension Layout {
    /// The layout as this dialect writes it; reading the text in the same dialect gives the layout back.
    ///
    /// - Throws: which block the dialect cannot express, and where it stands.
    public func text(in dialect: Dialect, _ vocabulary: Vocabulary) throws(Diagnostics) -> String {
        let layout = try normalized(vocabulary)
        switch dialect {
        case .ablate: return layout.canonical(vocabulary)
        case .words: return layout.words
        case .compact: return try layout.letters(of: .compact, CompactNotation.table(vocabulary))
        case .paper: return try layout.letters(of: .paper, PaperNotation.table)
        case .megatron: return try MegatronNotation.text(of: layout)
        case .json: return LayerTypesNotation.text(of: layout)
        case .attentionIndices: return try AttentionIndicesNotation.text(of: layout)
        }
    }

    /// `conv | conv*3 | mamba*4 attention*4`
    private var words: String {
        stages.map { stage in
            let count = stage.repetitions
            let period = count == 1 ? stage : Stage(Array(stage.blocks.prefix(stage.blocks.count / count)))
            let runs = period.runs.map { block, length in
                block.mixer + block.optionsNotation + (length == 1 ? "" : "*\(length)")
            }
            let text = runs.joined(separator: " ")
            return count == 1 ? text : "(\(text))*\(count)"
        }.joined(separator: " | ")
    }

    /// One letter a block and `|` between stages.
    func letters(of dialect: Dialect, _ table: [String: String]) throws(Diagnostics) -> String {
        var stages: [String] = []
        for (index, stage) in self.stages.enumerated() {
            var text = ""
            for (position, block) in stage.blocks.enumerated() {
                guard block.options.isEmpty, let letter = table[block.mixer] else {
                    throw Layout.inexpressible(block, stage: index, position: position, in: dialect)
                }
                text += letter
            }
            stages.append(text)
        }
        return stages.joined(separator: "|")
    }

    /// The error that a dialect has no way to write a block.
    static func inexpressible(_ block: Block, stage: Int, position: Int, in dialect: Dialect) -> Diagnostics {
        let reason = block.options.isEmpty ? "has no sign for it" : "has no way to write options"
        return Diagnostics([
            Diagnostic(
                "stage \(stage + 1), block \(position + 1) is `\(block.mixer)\(block.optionsNotation)`, "
                    + "and the notation `\(dialect.rawValue)` \(reason)",
                remedy: "use the notation `\(Dialect.ablate.rawValue)`, which can write every layout")
        ])
    }
}

/// The letters of the vocabulary, one a block.
enum CompactNotation {
    static func table(_ vocabulary: Vocabulary) -> [String: String] {
        var table: [String: String] = [:]
        for word in vocabulary.words {
            if let letter = word.letter { table[word.keyword] = String(letter) }
        }
        return table
    }
}
