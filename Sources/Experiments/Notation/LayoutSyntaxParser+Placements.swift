extension LayoutSyntaxParser {
    /// Reads all `with … at …` of a stage or group and works out their positions.
    mutating func clauses(of sequence: inout SequenceSyntax, inGroup: Bool) {
        if sequence.items.isEmpty {
            problems.add(
                "no blocks before `with`", at: token.range,
                remedy: "write the blocks that the placement changes, as in `M8 with A at last(1/2)`")
            sequence.depth = nil
        }
        var taken: [Int: Range<Int>] = [:]
        var firstSet = sets.count
        var count = 0
        while token.isWord("with") {
            count += 1
            if count == LayoutLimits.clauses + 1 {
                problems.add("a stage has at most \(LayoutLimits.clauses) placements", at: token.range)
                sequence.clauses.removeAll()
                skipStage(inGroup: inGroup)
                return
            }
            if let clause = clause(depth: sequence.depth) {
                refuseOverlap(clause, &taken)
                sequence.clauses.append(clause)
            }
            skipToClauseEnd(inGroup: inGroup)
        }
        // A set chooses among the positions that the other placements leave.
        while firstSet < sets.count {
            sets[firstSet].candidates.removeAll { taken[$0] != nil }
            if let count = sets[firstSet].count, count > sets[firstSet].candidates.count,
                let range = setRange(firstSet, sequence)
            {
                problems.add(
                    "\(count) blocks cannot be chosen among \(sets[firstSet].candidates.count) free positions",
                    at: range)
            }
            firstSet += 1
        }
    }

    /// Passes everything up to the end of the stage or group.
    private mutating func skipStage(inGroup: Bool) {
        while token.kind != .end, !token.isSign("|"), !(inGroup && token.isSign(")")) {
            if take("(") { skipGroup() } else { advance() }
        }
    }

    private func setRange(_ number: Int, _ sequence: SequenceSyntax) -> Range<Int>? {
        sequence.clauses.first {
            if case .set(number) = $0.target { true } else { false }
        }?.range
    }

    private mutating func refuseOverlap(_ clause: ClauseSyntax, _ taken: inout [Int: Range<Int>]) {
        guard case .positions(let positions) = clause.target else { return }
        let shared = positions.filter { taken[$0] != nil }
        if !shared.isEmpty {
            let list = elided(shared.map(String.init).joined(separator: ", "))
            problems.add(
                "an earlier placement already takes position\(shared.count == 1 ? "" : "s") \(list)", at: clause.range,
                remedy: "let the placements of a stage not overlap")
        }
        for position in positions { taken[position] = clause.range }
    }

    /// After an error: passes what is left of a clause.
    private mutating func skipToClauseEnd(inGroup: Bool) {
        let isAtEnd = { (token: LayoutToken) in
            token.kind == .end || token.isSign("|") || token.isWord("with") || inGroup && token.isSign(")")
        }
        guard !isAtEnd(token) else { return }
        if !clauseFailed {
            problems.add(
                "unexpected \(token.description) behind a placement", at: token.range,
                remedy: "a stage's blocks stand before `with`; a new stage begins with `|`")
        }
        while !isAtEnd(token) {
            if take("(") { skipGroup() } else { advance() }
        }
    }

    /// Reads `with A at last(1/2)`; nil where something is wrong with it.
    private mutating func clause(depth: Int?) -> ClauseSyntax? {
        advance()
        clauseFailed = true
        guard let block = clauseBlock() else { return nil }
        guard token.isWord("at") else {
            problems.add(
                "`at` is missing before \(token.description)", at: token.range, remedy: "write `with A at last(1/2)`")
            return nil
        }
        advance()
        guard let placement = PlacementSyntax.read(&self) else { return nil }
        clauseFailed = false
        guard let target = placement.target(depth: depth, &self) else { return nil }
        return ClauseSyntax(block: block, target: target, range: placement.range)
    }

    private mutating func clauseBlock() -> Block? {
        guard case .word(let word) = token.kind, word != "at" else {
            problems.add(
                "no mixer behind `with`", at: token.range, remedy: "write `with A at last(1/2)`")
            return nil
        }
        let range = token.range
        advance()
        let reading = MixerReading(word, at: range, vocabulary: vocabulary, problems: &problems)
        let keyword = reading.runs.first?.keyword
        let suffix = self.suffix(of: keyword.flatMap { vocabulary[$0] }, range: range)
        if reading.runs.count > 1 || reading.runs.contains(where: \.hasCount) || suffix.countRange != nil {
            problems.add(
                "`with` takes one mixer", at: range,
                remedy: "the placement says how many blocks it becomes: write `with A at last(4)`")
        }
        return Block(keyword ?? "", options: suffix.options)
    }
}
