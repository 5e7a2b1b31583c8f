import Autograd
import Experiments

extension TrainingSession {
    /// The present state, to go on from.
    func checkpoint() -> Checkpoint {
        let arrays = arrays()
        return Checkpoint(
            header: Checkpoint.Header(
                specification: specification.withoutPath, epoch: epoch, reports: reports, wallSeconds: wallSeconds,
                optimizerSteps: optimizer.steps,
                arrays: arrays.map { .init(name: $0.name, count: $0.values.count) }),
            arrays: arrays.map(\.values))
    }

    /// Takes up a saved state.
    ///
    /// - Throws: `CheckpointFile.Unusable` where it is not this network's.
    func restore(_ checkpoint: Checkpoint) throws {
        let expected = arrays().map { Checkpoint.Header.Array(name: $0.name, count: $0.values.count) }
        guard checkpoint.header.arrays == expected, checkpoint.header.epoch == checkpoint.header.reports.count else {
            throw CheckpointFile.Unusable(description: "the checkpoint was written by another version")
        }
        var arrays = checkpoint.arrays[...]
        copy(arrays.removeFirst(), to: network.store.values)
        copy(arrays.removeFirst(), to: network.store.stateValues)
        if let average {
            average.restore(values: arrays.removeFirst(), states: arrays.removeFirst())
        }
        if best != nil {
            best = BestWeights(values: arrays.removeFirst(), states: arrays.removeFirst())
        }
        for (state, values) in zip(optimizer.stateArrays, arrays) {
            copy(values, to: state.pointer)
        }
        optimizer.steps = checkpoint.header.optimizerSteps
        reports = checkpoint.header.reports
        earlierSeconds = checkpoint.header.wallSeconds
    }

    /// Seconds that the trial has taken, earlier attempts' finished epochs included.
    var wallSeconds: Double { earlierSeconds + stopwatch.seconds }

    private func arrays() -> [(name: String, values: [Float])] {
        let store = network.store
        var arrays = [
            ("values", Array(UnsafeBufferPointer(start: store.values, count: store.flatCount))),
            ("states", Array(UnsafeBufferPointer(start: store.stateValues, count: store.flatStateCount))),
        ]
        if let average {
            arrays += [("average of values", average.values), ("average of states", average.states)]
        }
        if let best {
            arrays += [("best values", best.values), ("best states", best.states)]
        }
        return arrays
            + optimizer.stateArrays.map {
                ("optimizer \($0.name)", Array(UnsafeBufferPointer(start: $0.pointer, count: $0.count)))
            }
    }

    private func copy(_ values: [Float], to target: UnsafeMutablePointer<Float>) {
        target.update(from: values, count: values.count)
    }
}

extension TrialSpecification {
    /// The same without the folder of its files, which may have moved.
    var withoutPath: TrialSpecification {
        var copy = self
        copy.dataset.path = nil
        return copy
    }
}
