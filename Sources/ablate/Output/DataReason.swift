import Experiments
import Results
import Training

/// What today's files of a data set mean for a stored trial that was trained on files.
enum DataReason {
    /// One sentence; nil for data that is drawn.
    static func of(_ trial: StoredTrial) -> String? {
        guard let stored = trial.datasetDigest else { return nil }
        do {
            var settings = try StoredInput(trial, data: nil).specification.dataset
            settings.digest = nil
            let now = try Datasets.look(settings).settings.digest
            return now == stored
                ? "The files of \(trial.dataset) are those it was trained on (digest \(stored.prefix(12))…)."
                : "The files of \(trial.dataset) are others now (digest \(now?.prefix(12) ?? "none")…, then "
                    + "\(stored.prefix(12))…), so a run trains a new trial on them."
        } catch let error as DataError {
            return "The files of \(trial.dataset) cannot be compared: \(error.message)."
        } catch {
            // Another engine or other settings: the sentences before say so already.
            return nil
        }
    }
}
