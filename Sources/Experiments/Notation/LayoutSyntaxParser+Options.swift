extension LayoutSyntaxParser {
    /// Reads `[heads=8 window=7]`. Options that equal the mixer's default are left out. With no mixer nothing is checked.
    mutating func options(of mixer: MixerWord?) -> [String: OptionValue] {
        let open = token.range
        advance()
        var options: [String: OptionValue] = [:]
        var names: Set<String> = []
        if token.isSign("]") {
            problems.add(
                "no options between the brackets", at: open.lowerBound..<token.range.upperBound, remedy: "remove them")
        }
        let isClosed = optionsAreClosed
        if !isClosed {
            problems.add("the options have no `]`", at: open, remedy: "close them behind the last option")
        }
        while !token.isSign("]") {
            guard case .word(let name) = token.kind, isClosed || following.isSign("=") else {
                guard isClosed else { return options }
                problems.add(
                    "unexpected \(token.description) among options", at: token.range, remedy: "write `name=value`")
                advance()
                continue
            }
            let nameRange = token.range
            advance()
            if !names.insert(name).inserted {
                problems.add("option `\(elided(name))` is given twice", at: nameRange, remedy: "remove one")
            }
            option(name, at: nameRange, of: mixer, into: &options)
            _ = take(",")
        }
        advance()
        return options
    }

    private mutating func option(
        _ name: String, at nameRange: Range<Int>, of mixer: MixerWord?, into options: inout [String: OptionValue]
    ) {
        let definition = mixer?.options.first { $0.name == name }
        if let mixer, definition == nil { reportUnknown(name, at: nameRange, of: mixer) }
        guard take("=") else {
            if mixer != nil, definition == nil { return }
            problems.add(
                "option `\(elided(name))` has no value", at: nameRange,
                remedy: "write `\(elided(name))=\(example(definition))`")
            return
        }
        guard let (text, range) = optionText() else {
            problems.add(
                "option `\(elided(name))` has no value", at: nameRange,
                remedy: "write `\(elided(name))=\(example(definition))`")
            return
        }
        guard let definition else { return }
        guard let value = definition.value(of: text) else {
            problems.add(
                "option `\(name)` cannot be `\(elided(text))`", at: range, remedy: "write \(definition.range)")
            return
        }
        if value != definition.defaultValue { options[name] = value }
    }

    /// A number with its sign, or a word.
    private mutating func optionText() -> (String, Range<Int>)? {
        let start = token.range
        let sign = take("-") ? "-" : ""
        switch token.kind {
        case .number(let digits):
            defer { advance() }
            return (sign + digits, start.lowerBound..<token.range.upperBound)
        case .word(let word) where sign.isEmpty:
            defer { advance() }
            return (word, start)
        default:
            return nil
        }
    }

    private mutating func reportUnknown(_ name: String, at range: Range<Int>, of mixer: MixerWord) {
        let names = mixer.options.map(\.name)
        let remedy =
            if let near = nearestWord(to: name, in: names) {
                "did you mean `\(near)`?"
            } else if names.isEmpty {
                "`\(mixer.keyword)` takes no options"
            } else {
                "the options of `\(mixer.keyword)` are " + names.joined(separator: ", ")
            }
        problems.add("`\(mixer.keyword)` has no option `\(elided(name))`", at: range, remedy: remedy)
    }

    private func example(_ definition: OptionDefinition?) -> String {
        definition?.defaultValue?.notation ?? "…"
    }
}
