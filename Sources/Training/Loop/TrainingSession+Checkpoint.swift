import Autograd
import Experiments

extension TrainingSession {
    /// The present state, to go on from. Its numbers are those of this session, so it is written before the next step.
    func checkpoint() -> Checkpoint {
        let arrays = arrays()
        return Checkpoint(
            header: Checkpoint.Header(
                specification: specification.withoutPath, epoch: epoch, reports: reports, wallSeconds: wallSeconds,
                optimizerSteps: optimizer.steps, arrays: arrays.map(\.entry)),
            arrays: arrays.map(\.numbers))
    }

    /// Takes up a saved state.
    ///
    /// - Throws: `CheckpointFile.Unusable` where it is not this network's, and nothing is changed then; another error
    ///   where the disk refuses numbers that it gave before, and the session is of no use then.
    func restore(_ checkpoint: CheckpointReader) throws {
        let header = checkpoint.header
        guard header.arrays == arrays().map(\.entry), header.epoch == header.reports.count else {
            throw CheckpointFile.Unusable(description: "the checkpoint was written by another version")
        }
        try checkpoint.copy(0, to: network.store.values)
        try checkpoint.copy(1, to: network.store.stateValues)
        var next = 2
        if let average {
            average.restore(values: try checkpoint.values(next), states: try checkpoint.values(next + 1))
            next += 2
        }
        if best != nil {
            best = WeightsCopy(values: try checkpoint.values(next), states: try checkpoint.values(next + 1))
            next += 2
        }
        for (index, state) in optimizer.stateArrays.enumerated() {
            try checkpoint.copy(next + index, to: state.pointer)
        }
        optimizer.steps = header.optimizerSteps
        reports = header.reports
        earlierSeconds = header.wallSeconds
    }

    /// Seconds that the trial has taken, earlier attempts' finished epochs included.
    var wallSeconds: Double { earlierSeconds + stopwatch.seconds }

    private struct NamedNumbers {
        let name: String
        let numbers: CheckpointNumbers
        var entry: Checkpoint.Header.Array { .init(name: name, count: numbers.count) }

        init(_ name: String, _ numbers: CheckpointNumbers) {
            self.name = name
            self.numbers = numbers
        }

        init(_ name: String, _ start: UnsafeMutablePointer<Float>, _ count: Int) {
            self.init(name, .memory(UnsafeBufferPointer(start: start, count: count)))
        }
    }

    private func arrays() -> [NamedNumbers] {
        let store = network.store
        var arrays = [
            NamedNumbers("values", store.values, store.flatCount),
            NamedNumbers("states", store.stateValues, store.flatStateCount),
        ]
        if let average {
            arrays += [
                NamedNumbers("average of values", .array(average.values)),
                NamedNumbers("average of states", .array(average.states)),
            ]
        }
        if let best {
            arrays += [
                NamedNumbers("best values", .array(best.values)), NamedNumbers("best states", .array(best.states)),
            ]
        }
        return arrays + optimizer.stateArrays.map { NamedNumbers("optimizer \($0.name)", $0.pointer, $0.count) }
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
