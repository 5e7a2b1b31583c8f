import Experiments
import Randomness

/// Layouts drawn at random, the same in every run.
struct RandomLayouts {
    var generator: RandomGenerator
    /// Which mixers to draw, and whether with options.
    var mixers: [MixerWord]
    var hasOptions: Bool

    init(seed: UInt64, mixers: [MixerWord] = testVocabulary.words, hasOptions: Bool = true) {
        generator = RandomKey(seed: seed)["layouts"].generator
        self.mixers = mixers
        self.hasOptions = hasOptions
    }

    mutating func layout() -> Layout {
        let stages = 1 + generator.index(below: generator.index(below: 100) == 0 ? 64 : 5)
        return Layout(stages: (0..<stages).map { _ in stage() })
    }

    /// A few runs, sometimes all repeated, so that groups and runs come up as often as disorder.
    private mutating func stage() -> Stage {
        var blocks: [Block] = []
        for _ in 0...generator.index(below: 4) {
            blocks += block() * (generator.index(below: 2) == 0 ? 1 : 1 + generator.index(below: 9))
        }
        return Stage(generator.index(below: 3) == 0 ? blocks * (1 + generator.index(below: 3)) : blocks)
    }

    private mutating func block() -> Block {
        let word = mixers[generator.index(below: mixers.count)]
        var block = Block(word.keyword)
        for option in word.options where hasOptions && generator.index(below: 4) == 0 {
            let value = value(option.kind)
            if value != option.defaultValue { block.options[option.name] = value }
        }
        return block
    }

    private mutating func value(_ kind: OptionDefinition.Kind) -> OptionValue {
        switch kind {
        case .integer(let range):
            .integer(range.lowerBound + generator.index(below: range.count))
        case .number(let range):
            .number(range.lowerBound + (range.upperBound - range.lowerBound) * generator.doubleUniform())
        case .word(let words):
            .word(words[generator.index(below: words.count)])
        }
    }
}
