/// Reads `name=[…]` lists of numbers with their places.
struct IndexListReader {
    struct Number {
        var value: Int
        var range: Range<Int>
    }

    private indirect enum Value {
        case number(Number)
        case list([Value], Range<Int>)

        var range: Range<Int> {
            switch self {
            case .number(let number): number.range
            case .list(_, let range): range
            }
        }
    }

    private static let names = ["depths", "conv", "attention"]
    private static let example = "depths=[1,3,8,4] conv=[0,1] attention=[[],[],[4,5,6,7],[2,3]]"

    var problems: TextProblems
    private let tokens: [LayoutToken]
    private var position = 0
    private var values: [String: Value] = [:]

    init(_ problems: TextProblems) {
        self.problems = problems
        tokens = LayoutLexer.tokens(problems: &self.problems)
    }

    private var token: LayoutToken { tokens[position] }

    private mutating func take(_ sign: Character) -> Bool {
        guard token.isSign(sign) else { return false }
        position += 1
        return true
    }

    /// Reads the whole text.
    mutating func read() {
        while token.kind != .end {
            guard case .word(let name) = token.kind else {
                report("unexpected \(token.description)", at: token.range)
                return
            }
            if !IndexListReader.names.contains(name) {
                let near = nearestWord(to: name, in: IndexListReader.names)
                problems.add(
                    "unknown list `\(elided(name))`", at: token.range,
                    remedy: near.map { "did you mean `\($0)`?" } ?? "the lists are depths, conv and attention")
            } else if values[name] != nil {
                problems.add("the list `\(name)` is given twice", at: token.range, remedy: "remove one")
            }
            position += 1
            guard take("=") else {
                report("`=` is missing before \(token.description)", at: token.range)
                return
            }
            guard let value = value(nesting: 0) else { return }
            values[name] = value
            _ = take(",")
        }
    }

    private mutating func value(nesting: Int) -> Value? {
        let start = token.range
        if case .number(let digits) = token.kind, nesting > 0 {
            guard let number = Int(digits) else {
                report("`\(elided(digits))` is no index", at: start)
                return nil
            }
            position += 1
            return .number(Number(value: number, range: start))
        }
        guard nesting < 2, take("[") else {
            report("a list or number is missing before \(token.description)", at: start)
            return nil
        }
        var elements: [Value] = []
        while !token.isSign("]") {
            guard let element = value(nesting: nesting + 1) else { return nil }
            elements.append(element)
            guard take(",") || token.isSign("]") else {
                report("`,` or `]` is missing before \(token.description)", at: token.range)
                return nil
            }
        }
        let range = start.lowerBound..<token.range.upperBound
        position += 1
        return .list(elements, range)
    }

    private mutating func report(_ message: String, at range: Range<Int>) {
        problems.add(message, at: range, remedy: "write `\(IndexListReader.example)`")
    }

    /// The depth of each stage; nil where they are missing or impossible.
    mutating func depths() -> [Int]? {
        let countBefore = problems.count
        guard let value = values["depths"] else {
            if problems.isEmpty { report("the depths of the stages are missing", at: 0..<problems.text.count) }
            return nil
        }
        let numbers = numbers(value, in: 1...LayoutLimits.depth, what: "a depth")
        if numbers.isEmpty || numbers.count > LayoutLimits.stages, problems.count == countBefore {
            problems.add("a layout has 1 to \(LayoutLimits.stages) stages", at: value.range)
        }
        return problems.count == countBefore ? numbers.map(\.value) : nil
    }

    /// The stages of convolution blocks.
    mutating func convolutionStages(_ count: Int) -> Set<Int> {
        guard let value = values["conv"] else { return [0, 1] }
        return Set(numbers(value, in: 0...(count - 1), what: "a stage of this layout").map(\.value))
    }

    /// The attention blocks of each stage.
    mutating func attention(_ depths: [Int]) -> [[Number]] {
        let none = depths.map { _ in [Number]() }
        guard let value = values["attention"] else {
            if problems.isEmpty { report("the attention indices are missing", at: 0..<problems.text.count) }
            return none
        }
        guard case .list(let lists, _) = value, lists.count == depths.count else {
            problems.add(
                "the attention indices are not one list a stage", at: value.range,
                remedy: "write \(depths.count) lists, as `depths` has \(depths.count) stages")
            return none
        }
        return zip(lists, depths).map { numbers($0, in: 0...($1 - 1), what: "a block of this stage") }
    }

    /// The numbers of a flat list; those out of range or given twice are reported and left out.
    private mutating func numbers(_ value: Value, in range: ClosedRange<Int>, what: String) -> [Number] {
        guard case .list(let elements, _) = value else {
            report("a list is missing", at: value.range)
            return []
        }
        var seen: Set<Int> = []
        return elements.compactMap { element in
            guard case .number(let number) = element, range.contains(number.value) else {
                problems.add(
                    "this is not \(what)", at: element.range,
                    remedy: "write a number from \(range.lowerBound) to \(range.upperBound)")
                return nil
            }
            if what != "a depth", !seen.insert(number.value).inserted {
                problems.add("\(number.value) is given twice", at: number.range, remedy: "remove one")
                return nil
            }
            return number
        }
    }
}
