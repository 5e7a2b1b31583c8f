extension Layout {
    /// The layout with options at their defaults left out, as the parser makes it.
    ///
    /// For layouts that do not come from the parser.
    /// - Throws: unknown mixers, unknown options, options out of range and impossible sizes.
    public func normalized(_ vocabulary: Vocabulary) throws(Diagnostics) -> Layout {
        var problems: [Diagnostic] = []
        if stages.isEmpty { problems.append(Diagnostic("the layout has no stages")) }
        if stages.count > LayoutLimits.stages {
            problems.append(
                Diagnostic(
                    "the layout has \(stages.count) stages", remedy: "a layout has at most \(LayoutLimits.stages)"))
        }
        var layout = self
        for (index, stage) in stages.enumerated() {
            if stage.blocks.isEmpty { problems.append(Diagnostic("stage \(index + 1) has no blocks")) }
            if stage.blocks.count > LayoutLimits.depth {
                problems.append(
                    Diagnostic(
                        "stage \(index + 1) is \(stage.blocks.count) blocks deep",
                        remedy: "a stage has at most \(LayoutLimits.depth) blocks"))
            }
            for (position, block) in stage.blocks.enumerated() where problems.count < TextProblems.limit {
                // A run is checked once.
                if position > 0, block == stage.blocks[position - 1] {
                    layout.stages[index].blocks[position] = layout.stages[index].blocks[position - 1]
                    continue
                }
                let place = "stage \(index + 1), block \(position + 1): "
                layout.stages[index].blocks[position] = block.normalized(vocabulary) { message, remedy in
                    problems.append(Diagnostic(place + message, remedy: remedy))
                }
            }
        }
        guard problems.isEmpty else { throw Diagnostics(problems) }
        return layout
    }
}

extension Block {
    fileprivate func normalized(_ vocabulary: Vocabulary, report: (String, String?) -> Void) -> Block {
        guard let word = vocabulary[mixer] else {
            let near = nearestWord(to: mixer, in: vocabulary.words.map(\.keyword))
            report("unknown mixer `\(elided(mixer))`", near.map { "did you mean `\($0)`?" })
            return self
        }
        var block = Block(mixer)
        for (name, value) in options.sorted(by: { $0.key < $1.key }) {
            guard let definition = word.options.first(where: { $0.name == name }) else {
                let near = nearestWord(to: name, in: word.options.map(\.name))
                report("`\(mixer)` has no option `\(elided(name))`", near.map { "did you mean `\($0)`?" })
                continue
            }
            guard let checked = definition.value(of: value.notation) else {
                report("option `\(name)` cannot be `\(elided(value.notation))`", "use \(definition.range)")
                continue
            }
            if checked != definition.defaultValue { block.options[name] = checked }
        }
        return block
    }
}
