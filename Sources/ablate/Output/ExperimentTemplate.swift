/// The experiment file that `ablate new` prints: complete, runnable, and explaining itself.
enum ExperimentTemplate {
    static func text(name: String) -> String {
        """
        # An experiment: one question, the layouts that answer it, and what they are trained on.
        #   ablate check FILE     what is wrong with this file
        #   ablate plan FILE      what would be trained, and how long it would take
        #   ablate run FILE       train it; run it again to go on where it stopped
        #   ablate summary \(name)
        # Every key with its values and default: ablate schema --format markdown
        name: \(name)
        question: Where should self-attention sit among Mamba mixers?

        # The row that the others are compared with, seed by seed.
        reference: last-half

        dataset:
          name: recall-grid      # drawn by the program; `ablate data list` shows the others
          train: 8000

        backbone:
          width: 32              # channels of the first stage; each later stage has twice as many
          stem: {channels: 16, strides: [2, 2]}

        # One row of the table each. Stages are separated by |, blocks are C (conv), M (Mamba), A (attention).
        layouts:
          last-half:  C | M4 with A at last(1/2)
          first-half: C | M4 with A at first(1/2)
          all-mamba:  C | M4

        train:
          epochs: 5
          batch: 64
          lr: 2e-3

        # The unit of comparison is the seed: more seeds find smaller differences.
        seeds: 3

        # What you expect; the summary says whether the numbers support it.
        claims: [last-half > all-mamba]

        """
    }
}
