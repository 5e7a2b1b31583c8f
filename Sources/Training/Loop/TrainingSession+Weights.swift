import Experiments
import Networks

extension TrainingSession {
    /// Writes the weights that the last evaluation measured, the average's where there is one, under the official names.
    ///
    /// - Throws: `Failure` where the file can't be written; the checkpoint stays, so another attempt only writes.
    func writeWeights(to path: String) throws(Failure) {
        average?.exchange(with: network.store)
        defer { average?.exchange(with: network.store) }
        let origin = WeightsOrigin(
            specification, image: dataset.image, task: dataset.task, classNames: dataset.classNames)
        let metadata = origin.metadata(
            epoch: epoch, metrics: reports.last?.metrics.filter { $0.split != .train } ?? [], dataset.normalization)
        do {
            try Weights.writer(network.store, metadata: metadata).write(path: path)
        } catch {
            throw Failure(.crashed, "the weights \(error)")
        }
    }
}
