extension Layout {
    /// The one text of this layout: `C | C3 | M4 A4 | M2 A2`.
    ///
    /// It is what identifies a trial and labels a row, so it depends on the expanded blocks alone. Equal neighbours are a
    /// run; a stage that repeats two or more blocks is a group, `(A M)4`; options are sorted by name. A mixer without a
    /// letter prints as its word, `mamba-no-scan*4`.
    public func canonical(_ vocabulary: Vocabulary) -> String {
        stages.map { canonicalStage($0, vocabulary) }.joined(separator: " | ")
    }

    private func canonicalStage(_ stage: Stage, _ vocabulary: Vocabulary) -> String {
        let count = stage.repetitions
        guard count > 1 else { return canonicalRuns(stage.runs, vocabulary) }
        let period = Stage(Array(stage.blocks.prefix(stage.blocks.count / count)))
        return "(\(canonicalRuns(period.runs, vocabulary)))\(count)"
    }

    private func canonicalRuns(_ runs: [(block: Block, count: Int)], _ vocabulary: Vocabulary) -> String {
        runs.map { block, count in
            let letter = vocabulary[block.mixer]?.letter.map(String.init)
            let name = letter ?? block.mixer
            if count == 1 { return name + block.optionsNotation }
            let sign = letter == nil || !block.options.isEmpty ? "*" : ""
            return "\(name)\(block.optionsNotation)\(sign)\(count)"
        }.joined(separator: " ")
    }
}

extension Stage {
    /// The stage as runs of equal neighbours.
    var runs: [(block: Block, count: Int)] {
        var runs: [(block: Block, count: Int)] = []
        for block in blocks {
            if runs.last?.block == block {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((block, 1))
            }
        }
        return runs
    }

    /// How often the stage repeats its shortest period, where that has two or more blocks; 1 otherwise.
    var repetitions: Int {
        guard blocks.count >= 4, blocks.contains(where: { $0 != blocks[0] }) else { return 1 }
        for period in 2...(blocks.count / 2) where blocks.count.isMultiple(of: period) {
            if blocks.dropFirst(period).elementsEqual(blocks.dropLast(period)) { return blocks.count / period }
        }
        return 1
    }
}

extension Block {
    /// `[heads=8 window=7]`, or nothing.
    package var optionsNotation: String {
        guard !options.isEmpty else { return "" }
        let list = options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.notation)" }
        return "[\(list.joined(separator: " "))]"
    }
}
