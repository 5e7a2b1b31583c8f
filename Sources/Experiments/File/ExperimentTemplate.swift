/// The file that `ablate new NAME` writes: an experiment that runs as it is, with comments on what to change.
public enum ExperimentTemplate {
    /// - Parameters:
    ///   - name: the experiment's name.
    ///   - path: where the file will lie, for the commands in its comments.
    public static func text(name: String, path: String) -> String {
        """
        # What does this experiment ask?  Write the question below; it heads the table.
        # Expected time: two to three minutes on two cores (two trials at a time, 28 s each). `ablate plan \(path)` estimates it.
        # Check: ablate check \(path)
        # Run:   ablate run \(path) && ablate summary \(ShellText.quoted(name))
        # All keys with their defaults: docs/reference/experiment-file.md
        name: \(CanonicalJSON.yamlWord(name))
        question: Where must attention stand so that a small hybrid can look things up?

        # The row that the others are compared with.
        reference: last
        # What the table is about: accuracy or loss, or one part of it.
        metric: accuracy pairs=4

        # recall-grid draws pairs of a glyph and a colour and asks for colours; it needs no file. `ablate data list` has more.
        dataset: {name: recall-grid, train: 10000, validation: 500, test: 500, pairs: [2, 4], test-pairs: [2, 4], size: 32}

        # The network around the blocks. Stage i has width·2^i channels.
        backbone: {width: 64, stem: {channels: 32, strides: [2, 2]}, head-width: 16}

        # A row is a name and a layout: stages from the stem to the head, separated by `|`.
        # C conv, M mamba, A attention; `M8 with A at last(1/2)` is `M4 A4`. `ablate describe LAYOUT` shows its size.
        layouts:
          last: M4 with A at last(1/2)
          first: M4 with A at first(1/2)
          none: M4
          # A row may have settings of its own:
          # slow: {layout: M4, train: {lr: 5e-4}}

        train: {epochs: 2, batch: 32, lr: 2e-3, weight-decay: 0.05, warmup-epochs: 0.5}

        # Each row is trained once with each seed; seeds are paired across rows. Two claims need seven for p < 0.05.
        seeds: 3

        # What the summary tests.
        claims: [last > first, last > none]

        # Values to try in all combinations; uncomment to sweep the learning rate of every row.
        # sweep:
        #   axes: {train.lr: [1e-3, 2e-3, 4e-3]}

        """
    }
}

extension CanonicalJSON {
    /// The text as YAML reads it back: bare where it is one plain word, in quotation marks elsewhere.
    static func yamlWord(_ text: String) -> String {
        isPlainWord(text) ? text : quoted(text)
    }

    private static func isPlainWord(_ text: String) -> Bool {
        let words = ["true", "false", "null"]
        guard let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20) else { return false }
        return !words.contains(text.lowercased())
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
            }
    }
}
