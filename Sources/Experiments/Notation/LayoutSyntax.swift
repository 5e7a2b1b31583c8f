/// Blocks in a row and the placements over them: what a stage or a group holds.
struct SequenceSyntax {
    var items: [ItemSyntax] = []
    var clauses: [ClauseSyntax] = []
    /// The number of blocks; nil where an error hides it.
    var depth: Int? = 0
}

/// A block or a group, and how often it stands in a row.
struct ItemSyntax {
    enum Content {
        case block(Block)
        case group(SequenceSyntax)
    }

    var content: Content
    var count: Int
}

/// `with A at last(1/2)`, its positions already worked out.
struct ClauseSyntax {
    enum Target {
        case positions([Int])
        /// The set's number in the text's order of sets.
        case set(Int)
    }

    var block: Block
    var target: Target
    var range: Range<Int>
}

/// `choose(k)` or `any`: every choice of positions among those that no other placement takes.
struct PlacementSet {
    /// How many positions; nil for any number.
    var count: Int?
    var candidates: [Int]

    /// The number of placements, at most `limit + 1`.
    func size(limit: Int) -> Int {
        guard let count else {
            return candidates.count >= Int.bitWidth - 2 ? limit + 1 : min(1 << candidates.count, limit + 1)
        }
        var size = 1
        for step in 0..<min(count, candidates.count - count) {
            // Each intermediate value is itself a binomial coefficient, so it only grows.
            size = size * (candidates.count - step) / (step + 1)
            if size > limit { return limit + 1 }
        }
        return size
    }

    /// All placements: fewer positions first, then in the order of the positions.
    func placements() -> [[Int]] {
        if let count { return combinations(count) }
        return (0...candidates.count).flatMap(combinations)
    }

    private func combinations(_ count: Int) -> [[Int]] {
        var all: [[Int]] = []
        var chosen = Array(0..<count)
        while true {
            all.append(chosen.map { candidates[$0] })
            guard let last = chosen.indices.last(where: { chosen[$0] < candidates.count - count + $0 }) else {
                return all
            }
            chosen[last] += 1
            for index in chosen.indices where index > last { chosen[index] = chosen[index - 1] + 1 }
        }
    }
}

/// A whole text, read.
struct LayoutSyntax {
    var stages: [SequenceSyntax]
    var sets: [PlacementSet]

    /// The layout with these positions for the text's sets, or nil where two placements of a stage want one position.
    func layout(choosing choices: [[Int]] = []) -> Layout? {
        var stages: [Stage] = []
        for sequence in self.stages {
            guard let blocks = sequence.blocks(choosing: choices) else { return nil }
            stages.append(Stage(blocks))
        }
        return Layout(stages: stages)
    }
}

extension SequenceSyntax {
    func blocks(choosing choices: [[Int]]) -> [Block]? {
        var blocks: [Block] = []
        for item in items {
            switch item.content {
            case .block(let block):
                blocks.append(contentsOf: repeatElement(block, count: item.count))
            case .group(let group):
                guard let inner = group.blocks(choosing: choices) else { return nil }
                for _ in 0..<item.count { blocks += inner }
            }
        }
        var taken: Set<Int> = []
        for clause in clauses {
            let positions: [Int] =
                switch clause.target {
                case .positions(let positions): positions
                case .set(let number): choices[number]
                }
            for position in positions {
                guard taken.insert(position).inserted else { return nil }
                blocks[position] = clause.block
            }
        }
        return blocks
    }
}
