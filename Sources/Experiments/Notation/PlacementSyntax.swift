/// A placement as written: a name and its arguments.
struct PlacementSyntax {
    struct Argument {
        var label: String?
        /// `4`, `-1`, `1/2`, `0.5` in pieces.
        var number: String
        var denominator: String?
        var range: Range<Int>
    }

    var name: String
    var nameRange: Range<Int>
    var arguments: [Argument] = []
    var range: Range<Int>

    /// The names of all placements and how each is written.
    static let forms: [(name: String, form: String)] = [
        ("first", "first(1/2)"), ("last", "last(1/2)"), ("middle", "middle(1/2)"), ("every", "every(2, from: 1)"),
        ("positions", "positions(0, 2, 5)"), ("random", "random(4, seed: 1)"), ("all", "all"), ("none", "none"),
        ("choose", "choose(4)"), ("any", "any"),
    ]

    /// Reads a placement; nil where its form is wrong, which has been reported.
    static func read(_ parser: inout LayoutSyntaxParser) -> PlacementSyntax? {
        guard case .word(let name) = parser.token.kind else {
            if case .axis = parser.token.kind {
                parser.axis()
            } else {
                parser.problems.add(
                    "no placement behind `at`", at: parser.token.range,
                    remedy: "write one of \(PlacementSyntax.forms.map(\.name).joined(separator: ", "))")
            }
            return nil
        }
        let nameRange = parser.token.range
        var placement = PlacementSyntax(name: name, nameRange: nameRange, range: nameRange)
        let isKnown = PlacementSyntax.forms.contains { $0.name == name }
        if !isKnown { placement.reportUnknown(&parser.problems) }
        parser.advance()
        let open = parser.token.range
        guard parser.take("(") else { return isKnown ? placement : nil }
        if !parser.token.isSign(")") {
            repeat {
                guard let argument = placement.argument(&parser) else { return nil }
                placement.arguments.append(argument)
            } while parser.take(",")
        }
        placement.range = nameRange.lowerBound..<parser.token.range.upperBound
        guard parser.take(")") else {
            if parser.token.kind == .end || parser.token.isSign("|") || parser.token.isWord("with") {
                parser.problems.add("the placement has no `)`", at: open, remedy: "close it behind its last argument")
            } else {
                parser.problems.add(
                    "unexpected \(parser.token.description) in a placement", at: parser.token.range,
                    remedy: "separate arguments by commas: `\(placement.form)`")
            }
            return nil
        }
        return isKnown ? placement : nil
    }

    private func reportUnknown(_ problems: inout TextProblems) {
        let names = PlacementSyntax.forms.map(\.name)
        let remedy = nearestWord(to: name, in: names).map { "did you mean `\($0)`?" }
        problems.add(
            "unknown placement `\(elided(name))`", at: nameRange,
            remedy: remedy ?? "the placements are " + names.joined(separator: ", "))
    }

    /// How this placement is written.
    var form: String {
        PlacementSyntax.forms.first { $0.name == name }?.form ?? "last(1/2)"
    }

    private func argument(_ parser: inout LayoutSyntaxParser) -> Argument? {
        let start = parser.token.range.lowerBound
        var label: String?
        if case .word(let word) = parser.token.kind {
            label = word
            parser.advance()
            guard parser.take(":") else {
                parser.problems.add(
                    "`\(elided(word))` is no number", at: start..<(start + word.count), remedy: "write `\(form)`")
                return nil
            }
        }
        let sign = parser.take("-") ? "-" : ""
        guard case .number(let digits) = parser.token.kind else {
            if case .axis = parser.token.kind {
                parser.axis()
            } else if parser.token.kind == .end || parser.token.isSign("|") || parser.token.isWord("with") {
                parser.problems.add(
                    "the placement has no `)`", at: nameRange, remedy: "close it behind its last argument")
            } else {
                parser.problems.add(
                    "a number is missing before \(parser.token.description)", at: parser.token.range,
                    remedy: "write `\(form)`")
            }
            return nil
        }
        var argument = Argument(label: label, number: sign + digits, range: start..<parser.token.range.upperBound)
        parser.advance()
        if parser.take("/") {
            guard case .number(let denominator) = parser.token.kind else {
                parser.problems.add("the fraction has no denominator", at: argument.range, remedy: "write `1/2`")
                return nil
            }
            argument.denominator = denominator
            argument.range = start..<parser.token.range.upperBound
            parser.advance()
        }
        return argument
    }
}
