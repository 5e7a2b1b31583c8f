import Experiments
import Foundation
import Results

/// Small experiments and events for the tests.
enum Samples {
    /// The version of the schema that this program writes.
    static let schema = 5

    /// A path in a folder of its own; the folder does not exist yet. In memory where the system has such a place,
    /// because every finished trial waits for the disk.
    static func path() -> String {
        let memory = "/dev/shm"
        let isThere = FileManager.default.isWritableFile(atPath: memory)
        return (isThere ? URL(fileURLWithPath: memory) : FileManager.default.temporaryDirectory)
            .appendingPathComponent("ablate-results-\(UUID().uuidString)")
            .appendingPathComponent("ablate.sqlite").path
    }

    static func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
    }

    static func experiment(
        name: String = "pattern", rows: [(name: String, layout: String)] = [("last", "M A"), ("first", "A M")],
        seeds: [Int] = [0, 1, 2], claims: [Claim] = [Claim(better: "last", worse: "first")], metric: String = "accuracy"
    ) -> Experiment {
        Experiment(
            name: name, question: "Where should attention sit?", reference: rows.first?.name ?? "",
            rows: rows.map { row in
                Experiment.Row(
                    name: row.name, layout: Layout(stages: []), canonicalLayout: row.layout, axes: [],
                    dataset: DatasetSettings(), backbone: BackboneSettings(), train: TrainSettings())
            }, seeds: seeds, claims: claims, metric: metric, source: "name: \(name)")
    }

    static func entries(_ experiment: Experiment) -> [TrialEntry] {
        experiment.rows.flatMap { row in
            experiment.seeds.map { seed in
                let trial = row.trial(seed: seed)
                return TrialEntry(
                    row: row.name, identity: "\(row.canonicalLayout)/\(seed)",
                    canonical: "{\"layout\":\"\(row.canonicalLayout)\",\"seed\":\(seed)}", specification: trial)
            }
        }
    }

    static func provenance(resumedAfterEpoch: Int = 0, recomputes: Bool = false) -> Provenance {
        Provenance(
            host: "bench", processIdentifier: 42, processStart: 1000, processor: "a CPU", codeVersion: "0.1",
            compiler: "6.3", blas: "OpenBLAS", operatingSystem: "Debian 12", threads: 1, recomputes: recomputes,
            dataDigest: nil, resumedAfterEpoch: resumedAfterEpoch)
    }

    static func epoch(_ epoch: Int, accuracy: Double) -> EpochReport {
        EpochReport(
            epoch: epoch,
            metrics: [Metric(.train, "loss", 1 - accuracy), Metric(.validation, "accuracy", accuracy)],
            learningRate: 1e-3, gradientNorm: 1, trainSeconds: 2, evaluationSeconds: 0.5)
    }

    static func measurement(parameters: Int = 1000, speed: Double = 100) -> RunEvent {
        .measured(
            Measurement(
                parameters: parameters, multiplyAccumulates: 2_000_000, activationBytes: 3_000_000,
                peakResidentBytes: 50_000_000,
                training: .init(median: speed, minimum: speed - 10, maximum: speed + 10, repeats: 3),
                inference: .init(median: 4 * speed, minimum: 4 * speed - 10, maximum: 4 * speed + 10, repeats: 5)))
    }

    static func outcome(_ accuracy: Double, parts: [String: Double] = [:], epoch: Int = 2) -> RunEvent {
        .finished(
            Outcome(
                epoch: epoch,
                metrics: [Metric(.test, "accuracy", accuracy), Metric(.validation, "accuracy", accuracy)]
                    + parts.map { Metric(.test, "accuracy", part: $0.key, $0.value) },
                wallSeconds: 12, weightsDigest: "abc"))
    }
}
