import Results
import Training

extension Summary {
    /// The summary of an experiment beside what its data set gives away without training: chance, the commonest answer.
    ///
    /// Only where all rows are tested on the same drawn data set: a table should not wait for files to be read.
    static func withBaselines(
        _ reader: StoreReader, experiment: String, reference: String? = nil, metric: String? = nil
    ) throws -> Summary {
        var summary = try Summary(reader, experiment: experiment, reference: reference, metric: metric)
        let datasets = try reader.testedDatasets(experiment: experiment)
        if summary.metric.name == "accuracy", datasets.count == 1, datasets[0].testPairs != nil {
            summary.baselines = try Datasets.look(datasets[0]).testParts.flatMap { part in
                part.baselines.map { Summary.Baseline(name: $0.name, part: part.name, value: $0.accuracy) }
            }
        }
        return summary
    }
}
