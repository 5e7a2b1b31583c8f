import Results
import Training

extension Summary {
    /// The summary of an experiment beside what its data set gives away without training: chance, the commonest answer.
    ///
    /// Only where all rows are tested on the same data set.
    static func withBaselines(
        _ reader: StoreReader, experiment: String, reference: String? = nil, metric: String? = nil
    ) throws -> Summary {
        var summary = try Summary(reader, experiment: experiment, reference: reference, metric: metric)
        let datasets = try reader.testedDatasets(experiment: experiment)
        if datasets.count == 1 {
            summary.baselines = Datasets.baselines(datasets[0]).filter { $0.metric.rawValue == summary.metric.name }
                .map { Summary.Baseline(name: $0.name, part: $0.part, value: $0.value) }
        }
        return summary
    }
}
