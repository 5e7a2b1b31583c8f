import Experiments

/// The list of mixers, and the vocabulary that the layout notation reads with.
public enum Mixers {
    /// Every token mixer. Help and errors list them in this order.
    public static var all: [any Mixer.Type] {
        [
            MambaMixer.self, AttentionMixer.self, IdentityMixer.self, NoScanMixer.self, GatedMambaMixer.self,
            BidirectionalMambaMixer.self,
        ]
    }

    /// The words of all blocks: the conv block, which has no mixer of its own, and every mixer, each of which may
    /// have its own window.
    public static let vocabulary = Vocabulary(
        [ConvBlock.word]
            + all.map { mixer in
                MixerWord(
                    keyword: mixer.word.keyword, letter: mixer.word.letter, summary: mixer.word.summary,
                    options: mixer.word.options + [window])
            })

    /// The mixer with this keyword.
    static subscript(_ keyword: String) -> (any Mixer.Type)? {
        all.first { $0.word.keyword == keyword }
    }

    private static let window = OptionDefinition(
        "window", .integer(0...1024), default: nil,
        summary: "window side in tokens, 0 for the whole map; the stage's window unless given")
}
