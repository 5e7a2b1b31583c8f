/// Reads the tokens of a layout, reports everything that is wrong and goes on.
///
/// ```
/// layout   = stage { "|" stage }
/// stage    = item { item } { clause }
/// item     = ( mixer | letters | "(" stage ")" ) [ options ] [ [ "*" ] count ]
/// options  = "[" name "=" value { [ "," ] name "=" value } "]"
/// clause   = "with" mixer [ options ] "at" placement
/// placement = name [ "(" argument { "," argument } ")" ]
/// argument = [ name ":" ] ( number | number "/" number )
/// ```
struct LayoutSyntaxParser {
    let vocabulary: Vocabulary
    /// Whether `choose` and `any` may stand here.
    let allowsSets: Bool
    var problems: TextProblems
    var sets: [PlacementSet] = []

    private let tokens: [LayoutToken]
    private var position = 0
    private var nesting = 0
    /// Whether the clause read last was broken off, so that what follows it needs no second error.
    var clauseFailed = false

    init(vocabulary: Vocabulary, allowsSets: Bool, problems: TextProblems, range: Range<Int>? = nil) {
        self.vocabulary = vocabulary
        self.allowsSets = allowsSets
        self.problems = problems
        tokens = LayoutLexer.tokens(in: range, problems: &self.problems)
    }

    var token: LayoutToken { tokens[position] }

    var following: LayoutToken { tokens[min(position + 1, tokens.count - 1)] }

    /// Whether a `]` follows before anything that cannot stand among options.
    var optionsAreClosed: Bool {
        for token in tokens[position...] {
            if token.isSign("]") { return true }
            if token.kind == .end || "|()[".contains(where: { token.isSign($0) }) { return false }
        }
        return false
    }

    mutating func advance() {
        if position < tokens.count - 1 { position += 1 }
    }

    /// Passes the sign if it stands here.
    mutating func take(_ sign: Character) -> Bool {
        guard token.isSign(sign) else { return false }
        advance()
        return true
    }

    /// Reads the whole text.
    mutating func layout() -> LayoutSyntax {
        var stages: [SequenceSyntax] = []
        if token.kind == .end {
            if problems.isEmpty {
                problems.add(
                    "the layout is empty", at: token.range,
                    remedy: "write the blocks of each stage, for example `C | C3 | M4 A4 | M2 A2`")
            }
            return LayoutSyntax(stages: [], sets: [])
        }
        while true {
            if stages.count == LayoutLimits.stages {
                problems.add("a layout has at most \(LayoutLimits.stages) stages", at: token.range)
                break
            }
            stages.append(sequence(inGroup: false))
            guard take("|") else { break }
        }
        return LayoutSyntax(stages: stages, sets: sets)
    }

    /// Reads blocks and placements up to `|`, the end, or the group's `)`.
    mutating func sequence(inGroup: Bool) -> SequenceSyntax {
        var sequence = SequenceSyntax()
        let start = token
        let problemsBefore = problems.count
        while token.kind != .end, !token.isSign("|") {
            if token.isSign(")"), inGroup { break }
            if token.isWord("with") {
                clauses(of: &sequence, inGroup: inGroup)
                break
            }
            item(into: &sequence)
        }
        if sequence.items.isEmpty, problems.count == problemsBefore {
            problems.add(
                inGroup ? "the group is empty" : "the stage is empty", at: start.range,
                remedy: "write at least one block, for example `\(exampleBlock)`")
        }
        return sequence
    }

    private mutating func item(into sequence: inout SequenceSyntax) {
        switch token.kind {
        case .word("at"):
            problems.add("`at` without `with`", at: token.range, remedy: "write `with A at last(1/2)`")
            advance()
        case .word:
            blocks(into: &sequence)
        case .sign("("):
            group(into: &sequence)
        case .number:
            problems.add(
                "the count \(token.description) has no block before it", at: token.range,
                remedy: "a count stands behind its block: `\(exampleBlock)4`")
            advance()
        case .axis:
            axis()
        default:
            unexpected()
        }
    }

    private mutating func unexpected() {
        let remedy =
            switch token.kind {
            case .sign(")"): "remove it, or open a group with `(`"
            case .sign("["): "options stand behind a mixer: `M[state=16]`"
            case .sign("]"): "remove it, or open options with `[`"
            case .sign(","): "separate blocks by spaces and stages by `|`"
            case .sign("*"): "a repetition stands behind its block: `\(exampleBlock)*4`"
            default: "separate blocks by spaces and stages by `|`"
            }
        problems.add("unexpected \(token.description)", at: token.range, remedy: remedy)
        let isCount = token.isSign("*")
        advance()
        if isCount, case .number = token.kind { advance() }
    }

    mutating func axis() {
        problems.add(
            "the axis \(token.description) has no value here", at: token.range,
            remedy: "axes are for the layouts of a sweep; write the value")
        advance()
    }

    private mutating func group(into sequence: inout SequenceSyntax) {
        let open = token.range
        advance()
        nesting += 1
        defer { nesting -= 1 }
        if nesting > LayoutLimits.nesting {
            problems.add("groups are nested more than \(LayoutLimits.nesting) deep", at: open)
            sequence.depth = nil
            skipGroup()
            return
        }
        let group = self.sequence(inGroup: true)
        if !take(")") {
            problems.add("the group has no `)`", at: open, remedy: "close it in the same stage")
            sequence.depth = nil
            return
        }
        let suffix = self.suffix(of: nil, range: open)
        append(
            ItemSyntax(content: .group(group), count: suffix.count ?? 1), each: suffix.isKnown ? group.depth : nil,
            at: suffix.countRange ?? open, to: &sequence)
    }

    /// Passes everything up to the `)` that closes an open group.
    mutating func skipGroup() {
        var open = 1
        while open > 0, token.kind != .end, !token.isSign("|") {
            if token.isSign("(") { open += 1 }
            if token.isSign(")") { open -= 1 }
            advance()
        }
    }

    /// Adds an item of `count` times `each` blocks, unless the stage becomes too deep.
    mutating func append(_ item: ItemSyntax, each: Int?, at range: Range<Int>, to sequence: inout SequenceSyntax) {
        sequence.items.append(item)
        guard let before = sequence.depth, let each else {
            sequence.depth = nil
            return
        }
        // Both factors are at most 1,000.
        let depth = before + each * item.count
        if depth > LayoutLimits.depth {
            problems.add(
                "the stage is \(depth) blocks deep here", at: range,
                remedy: "a stage has at most \(LayoutLimits.depth) blocks")
            sequence.depth = nil
        } else {
            sequence.depth = depth
        }
    }

    /// A block of the vocabulary, to show in remedies.
    var exampleBlock: String {
        guard let word = vocabulary.words.first else { return "M" }
        return word.letter.map(String.init) ?? word.keyword
    }
}
