import Experiments

/// A trial's state after an epoch: everything that the rest of the training depends on.
struct Checkpoint {
    /// What is not a run of numbers.
    struct Header: Codable, Hashable {
        /// The trial whose state this is; another trial's is refused.
        var specification: TrialSpecification
        /// The last finished epoch, counting from 1.
        var epoch: Int
        /// The reports of all finished epochs.
        var reports: [EpochReport]
        /// Seconds that earlier attempts and this one have worked on the trial.
        var wallSeconds: Double
        /// The numbers that only the optimizer knows the meaning of.
        var optimizerSteps: Int
        /// The name and the length of each run of numbers, in the order of the file.
        var arrays: [Array]

        struct Array: Codable, Hashable {
            var name: String
            var count: Int
        }
    }

    var header: Header
    /// The runs of numbers, in the header's order.
    var arrays: [[Float]]
}
