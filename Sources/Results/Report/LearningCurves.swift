/// How one row learned: a curve for each seed.
struct LearningCurves: Hashable, Sendable {
    var row: String
    var isReference: Bool
    var seeds: [Seed]

    struct Seed: Hashable, Sendable {
        var seed: Int
        var state: TrialState
        /// The experiment's metric on validation after each epoch.
        var validation: [Value]
        /// The mean loss over each epoch's training images.
        var trainingLoss: [Value]
    }

    struct Value: Hashable, Sendable {
        /// From 1.
        var epoch: Int
        var value: Double
    }

    /// Lowest, mean and highest over the seeds that have the epoch.
    struct Spread: Hashable, Sendable {
        var epoch: Int
        var low, mean, high: Double
        var seeds: Int
    }

    /// The band over the seeds that did not diverge, epoch by epoch.
    func spread(_ values: KeyPath<Seed, [Value]>) -> [Spread] {
        var known: [Int: [Double]] = [:]
        for seed in seeds where seed.state != .diverged {
            for value in seed[keyPath: values] { known[value.epoch, default: []].append(value.value) }
        }
        return known.keys.sorted().compactMap { epoch in
            guard let all = known[epoch], let mean = Moments.mean(all), let low = all.min(), let high = all.max() else {
                return nil
            }
            return Spread(epoch: epoch, low: low, mean: mean, high: high, seeds: all.count)
        }
    }
}
