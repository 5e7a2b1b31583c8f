import Experiments

/// A trial's state after an epoch: everything that the rest of the training depends on.
package struct Checkpoint {
    /// What is not a run of numbers.
    package struct Header: Codable, Hashable {
        /// The trial whose state this is; another trial's is refused.
        package var specification: TrialSpecification
        /// The last finished epoch, counting from 1.
        package var epoch: Int
        /// The reports of all finished epochs.
        package var reports: [EpochReport]
        /// Seconds that earlier attempts and this one have worked on the trial.
        package var wallSeconds: Double
        /// The numbers that only the optimizer knows the meaning of.
        package var optimizerSteps: Int
        /// The name and the length of each run of numbers, in the order of the file.
        package var arrays: [Array]

        package init(
            specification: TrialSpecification, epoch: Int, reports: [EpochReport], wallSeconds: Double,
            optimizerSteps: Int, arrays: [Array]
        ) {
            self.specification = specification
            self.epoch = epoch
            self.reports = reports
            self.wallSeconds = wallSeconds
            self.optimizerSteps = optimizerSteps
            self.arrays = arrays
        }

        package struct Array: Codable, Hashable {
            package var name: String
            package var count: Int

            package init(name: String, count: Int) {
                self.name = name
                self.count = count
            }
        }
    }

    package var header: Header
    /// The runs of numbers, in the header's order.
    package var arrays: [CheckpointNumbers]

    package init(header: Header, arrays: [CheckpointNumbers]) {
        self.header = header
        self.arrays = arrays
    }
}
