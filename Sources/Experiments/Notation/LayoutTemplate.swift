/// A layout with axes `{name}` and sets of placements (`choose(4)`, `any`): what a sweep expands.
public struct LayoutTemplate: Sendable {
    /// The text as written.
    public let text: String
    /// The names of the axes, each once, in the order of the text.
    public let axes: [String]

    private let vocabulary: Vocabulary
    private let origin: TextOrigin
    private let pieces: [Piece]

    private enum Piece {
        case text(Range<Int>)
        case axis(String, Range<Int>)
    }

    init(_ text: String, vocabulary: Vocabulary, origin: TextOrigin) throws(Diagnostics) {
        self.text = text
        self.vocabulary = vocabulary
        self.origin = origin
        let characters = try LayoutParser.characters(of: text, at: origin)
        var problems = TextProblems(text: characters, origin: origin)
        pieces = LayoutTemplate.pieces(of: characters, &problems)
        try problems.throwIfAny()
        var axes: [String] = []
        for case .axis(let name, _) in pieces where !axes.contains(name) { axes.append(name) }
        self.axes = axes
        if axes.isEmpty {
            _ = try LayoutParser(vocabulary: vocabulary).syntax(problems, allowsSets: true)
        }
    }

    private static func pieces(of text: [Character], _ problems: inout TextProblems) -> [Piece] {
        var pieces: [Piece] = []
        var start = 0
        while let open = text[start...].firstIndex(of: "{") {
            guard let close = text[open...].firstIndex(where: { $0 == "}" || $0.isNewline }), text[close] == "}" else {
                problems.add("`{` has no `}`", at: open..<(open + 1), remedy: "write an axis as `{name}`")
                return pieces
            }
            let name = String(text[(open + 1)..<close])
            if !isAxisName(name) {
                problems.add(
                    "`\(elided(name))` is no name of an axis", at: open..<(close + 1),
                    remedy: "write letters, digits, `-`, `_` and `.`, as in `{k}`")
            }
            pieces.append(.text(start..<open))
            pieces.append(.axis(name, open..<(close + 1)))
            start = close + 1
        }
        return pieces + [.text(start..<text.count)]
    }

    private static func isAxisName(_ name: String) -> Bool {
        guard let first = name.first, first.isNotationLetter else { return false }
        return name.allSatisfy { $0.isNotationLetter || $0.isNotationDigit || "-_.".contains($0) }
    }

    /// All layouts with these values put in for the axes, as text. Values of other axes are not used.
    ///
    /// - Throws: everything wrong with the text once the values stand in it, pointing at the text as written.
    public func expand(axisValues: [String: String] = [:]) throws(Diagnostics) -> [ExpandedLayout] {
        let problems = try substituted(axisValues)
        let syntax = try LayoutParser(vocabulary: vocabulary).syntax(problems, allowsSets: true)
        try refuseExplosion(of: syntax, problems)
        let layouts = syntax.expanded()
        if layouts.isEmpty {
            var problems = problems
            problems.add(
                "the sets of a stage leave no layout in which their placements do not overlap",
                at: 0..<problems.text.count, remedy: "choose fewer blocks")
            try problems.throwIfAny()
        }
        return layouts
    }

    private func substituted(_ values: [String: String]) throws(Diagnostics) -> TextProblems {
        let source = Array(text)
        guard !axes.isEmpty else { return TextProblems(text: source, origin: origin) }
        var problems = TextProblems(text: source, origin: origin)
        var characters: [Character] = []
        var ranges: [Range<Int>] = []
        for piece in pieces {
            switch piece {
            case .text(let range):
                characters += source[range]
                ranges += range.map { $0..<($0 + 1) }
            case .axis(let name, let range):
                guard let value = values[name] else {
                    problems.add("the axis `\(name)` has no values", at: range, remedy: "give it values under `sweep:`")
                    continue
                }
                characters += value
                ranges += repeatElement(range, count: characters.count - ranges.count)
            }
            if characters.count > LayoutLimits.textBytes {
                problems.add("the layout is too long with the values of its axes", at: 0..<1)
                break
            }
        }
        try problems.throwIfAny()
        let note = axes.map { "\($0) = \(elided(values[$0] ?? "", to: 24))" }.joined(separator: ", ")
        return TextProblems(
            text: characters, origin: origin,
            substitution: Substitution(source: source, ranges: ranges, note: " (with \(elided(note, to: 80)))"))
    }

    private func refuseExplosion(of syntax: LayoutSyntax, _ problems: TextProblems) throws(Diagnostics) {
        let depth = syntax.stages.reduce(0) { $0 + ($1.depth ?? 0) }
        let limit = min(LayoutLimits.expansions, LayoutLimits.expandedBlocks / max(1, depth))
        var size = 1
        for set in syntax.sets {
            // Both factors are at most 100,001.
            size = min(size * set.size(limit: LayoutLimits.expansions), LayoutLimits.expansions + 1)
        }
        if size > limit {
            var problems = problems
            problems.add(
                "the sets of this layout expand to more than \(limit) layouts", at: 0..<problems.text.count,
                remedy: "choose fewer blocks, or draw some with `random(k, seed: s)`")
            try problems.throwIfAny()
        }
    }
}

/// One layout of a template.
public struct ExpandedLayout: Hashable, Sendable {
    public let layout: Layout
    /// The positions that each set of the text took, in the order of the text.
    public let placements: [[Int]]

    /// The positions, to tell the layouts of a set apart: `4,5,6,7`, `0 | 3` for two sets; nil where the text has no set.
    public var label: String? {
        guard !placements.isEmpty else { return nil }
        return placements.map { $0.isEmpty ? "none" : $0.map(String.init).joined(separator: ",") }
            .joined(separator: " | ")
    }
}

extension LayoutSyntax {
    /// Every layout that the sets give, the first set changing slowest; placements that want one position twice are left out.
    func expanded() -> [ExpandedLayout] {
        let placements = sets.map { $0.placements() }
        var indices = Array(repeating: 0, count: sets.count)
        var all: [ExpandedLayout] = []
        while true {
            let choices = zip(placements, indices).map { $0[$1] }
            if let layout = layout(choosing: choices) {
                all.append(ExpandedLayout(layout: layout, placements: choices))
            }
            guard let next = indices.indices.last(where: { indices[$0] + 1 < placements[$0].count }) else { return all }
            indices[next] += 1
            for index in indices.indices where index > next { indices[index] = 0 }
        }
    }
}
