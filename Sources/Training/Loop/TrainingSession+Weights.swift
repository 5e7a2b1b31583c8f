import Experiments
import Networks

extension TrainingSession {
    /// Takes in the report of the epoch that has just been evaluated, and keeps its weights where they are the best.
    func add(_ report: EpochReport) {
        reports.append(report)
        guard best != nil, selectedReport.epoch == report.epoch else { return }
        average?.exchange(with: network.store)
        defer { average?.exchange(with: network.store) }
        best = WeightsCopy(of: network.store)
    }

    /// Writes the weights of the result under the official names: those that the selected epoch's evaluation measured,
    /// the average's where there is one.
    ///
    /// - Throws: `Failure` where the file can't be written; the checkpoint stays, so another attempt only writes.
    func writeWeights(to path: String) throws(Failure) {
        let origin = WeightsOrigin(
            specification, image: dataset.image, task: dataset.task, classNames: dataset.classNames)
        let metadata = origin.metadata(
            epoch: selectedReport.epoch, metrics: selectedReport.metrics.filter { $0.split != .train },
            dataset.normalization)
        do {
            try withResultingWeights { try Weights.writer(network.store, metadata: metadata).write(path: path) }
        } catch {
            throw Failure(.crashed, "the weights \(error)")
        }
    }

    /// Lets the network have the weights of the result for as long as `body` takes.
    private func withResultingWeights(_ body: () throws -> Void) rethrows {
        if let best {
            let last = WeightsCopy(of: network.store)
            defer { last.copy(to: network.store) }
            best.copy(to: network.store)
            try body()
        } else {
            average?.exchange(with: network.store)
            defer { average?.exchange(with: network.store) }
            try body()
        }
    }
}
