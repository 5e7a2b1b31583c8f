/// What may stand behind a block or a group: options and a count, in either order.
struct SuffixSyntax {
    var options: [String: OptionValue] = [:]
    var count: Int?
    var countRange: Range<Int>?
    /// False where the count is wrong.
    var isKnown = true
}

extension LayoutSyntaxParser {
    /// Reads a mixer's word or a run of letters, with options and count.
    mutating func blocks(into sequence: inout SequenceSyntax) {
        guard case .word(let word) = token.kind else { return }
        let range = token.range
        advance()
        let reading = MixerReading(word, at: range, vocabulary: vocabulary, problems: &problems)
        guard reading.runs.count == 1, let run = reading.runs.first else {
            for run in reading.runs {
                append(
                    ItemSyntax(content: .block(Block(run.keyword ?? "")), count: run.count),
                    each: run.isKnown ? 1 : nil,
                    at: run.range, to: &sequence)
            }
            refuseSuffix(ofRun: word, range: range)
            return
        }
        let mixer = run.keyword.flatMap { vocabulary[$0] }
        var suffix = suffix(of: mixer, range: range, hasCount: run.hasCount)
        if run.hasCount { suffix.count = run.count }
        let block = Block(run.keyword ?? "", options: suffix.options)
        append(
            ItemSyntax(content: .block(block), count: suffix.count ?? 1),
            each: run.isKnown && suffix.isKnown ? 1 : nil, at: suffix.countRange ?? range, to: &sequence)
    }

    /// `MMMM*2` could mean five blocks or eight, `MMA[heads=2]` one mixer or three.
    private mutating func refuseSuffix(ofRun word: String, range: Range<Int>) {
        let start = token
        if start.isSign("[") {
            problems.add(
                "options behind several letters", at: start.range,
                remedy: "set the block apart that the options are for, as in `MM A[heads=8]`")
        } else if start.isSign("*") || start.isNumber {
            problems.add(
                "a count behind several letters", at: start.range,
                remedy: "write `(\(elided(word)))*2` to repeat them all, or `M3 A4`")
        } else {
            return
        }
        let before = problems
        _ = suffix(of: nil, range: range)
        problems = before
    }

    /// Reads what stands behind a mixer or, where `mixer` is nil, behind a group or an unknown word.
    mutating func suffix(of mixer: MixerWord?, range: Range<Int>, hasCount: Bool = false) -> SuffixSyntax {
        var suffix = SuffixSyntax()
        var hasCount = hasCount
        var hasOptions = false
        while true {
            if token.isSign("[") {
                if hasOptions {
                    problems.add(
                        "options are given twice", at: token.range, remedy: "write them in one pair of brackets")
                }
                hasOptions = true
                let options = self.options(of: mixer)
                suffix.options.merge(options) { first, _ in first }
            } else if token.isSign("*") || token.isNumber {
                let start = token.range
                let count = self.count()
                if hasCount {
                    problems.add(
                        "a second count", at: start, remedy: "write one count, or a group such as `(M2)*3`")
                }
                if count == nil { suffix.isKnown = false }
                hasCount = true
                suffix.count = suffix.count ?? count
                suffix.countRange = start
            } else {
                return suffix
            }
        }
    }

    /// Reads `*4` or `4`.
    private mutating func count() -> Int? {
        let star = token.range
        let hasStar = take("*")
        if token.isSign("-") {
            let start = token.range
            advance()
            guard case .number(let digits) = token.kind else {
                problems.add("unexpected `-`", at: start)
                return nil
            }
            let count = BlockCount.read(
                "-" + digits, at: start.lowerBound..<token.range.upperBound, problems: &problems)
            advance()
            return count
        }
        switch token.kind {
        case .number(let digits):
            let count = BlockCount.read(digits, at: token.range, problems: &problems)
            advance()
            return count
        case .axis:
            axis()
            return nil
        default:
            problems.add(
                "no count behind `*`", at: hasStar ? star : token.range,
                remedy: "write how many blocks: `\(exampleBlock)*4`")
            return nil
        }
    }
}

/// How many blocks in a row.
enum BlockCount {
    static func read(_ digits: String, at range: Range<Int>, problems: inout TextProblems) -> Int? {
        let isWhole = digits.allSatisfy { $0.isNotationDigit || $0 == "-" }
        guard isWhole else {
            problems.add("the count `\(elided(digits))` is not a whole number", at: range, remedy: "write 1, 2, 3, …")
            return nil
        }
        let count = Int(digits) ?? (digits.hasPrefix("-") ? -1 : .max)
        if count < 1 {
            problems.add(
                "the count `\(elided(digits))` is less than 1", at: range,
                remedy: "write 1 or more, or leave the block out")
            return nil
        }
        if count > LayoutLimits.depth {
            problems.add(
                "the count `\(elided(digits))` is too large", at: range,
                remedy: "a stage has at most \(LayoutLimits.depth) blocks")
            return nil
        }
        return count
    }
}

extension LayoutToken {
    var isNumber: Bool {
        if case .number = kind { true } else { false }
    }
}
