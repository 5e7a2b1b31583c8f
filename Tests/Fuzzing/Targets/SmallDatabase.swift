import Experiments
import Networks
import Results

/// A results database that has something in every table, and is small.
public enum SmallDatabase {
    /// The experiment files, by name. They are read as files are, so that what is stored of them can be read again.
    public static let files = [
        "small": text("small", seeds: 2, tail: "claims: [none > all placement=0]"),
        "other": text(
            "other", seeds: 1,
            tail: """
                sweep: {axes: {train.lr: [1e-3, 2e-3]}}
                select: train.lr
                published: {source: nobody, none: 75.5}
                """),
    ]

    private static func text(_ name: String, seeds: Int, tail: String) -> String {
        """
        name: \(name)
        question: What if a bit flips?
        notes: Trained by nobody.
        reference: none
        dataset: {name: recall-grid, train: 64, validation: 16, test: 16, pairs: [2], test-pairs: [2], size: 32}
        backbone: {width: 16, stem: {channels: 8, strides: [2, 2]}, head-width: 8}
        layouts:
          all: M2 with A at choose(1)
          none: M2
        train: {epochs: 2, batch: 16, lr: 2e-3, warmup-epochs: 1}
        seeds: \(seeds)
        \(tail)

        """
    }

    /// Makes the database at `path`.
    public static func make(_ path: String) throws {
        let store = try Store.open(path: path)
        let small = try register("small", store)
        let plan = try store.begin(SequentialPlan(most: 6), experiment: "small")
        precondition(plan.most == 6, "another plan")
        try store.add([AddedSeed(row: "none", seed: 2)], experiment: "small")
        let larger = TrialPlan(small, added: try store.reader.addedSeeds(experiment: "small"))
        try store.extend(experiment: "small", seeds: larger.seeds, trials: TrialEntry.all(of: larger))
        try train(larger, store)
        try store.noteLooks(Summary(store.reader, experiment: "small"))
        let other = try register("other", store)
        _ = try store.decide(
            rung: 0, of: HalvingPlan(epochs: 2, keep: 0.5), rows: other.rows.map(\.name), seeds: other.seeds,
            always: [other.rows[0].name], experiment: "other")
        try store.close()
    }

    private static func register(_ name: String, _ store: Store) throws -> Experiment {
        let (experiment, _) = try ExperimentFile.parse(
            text: files[name] ?? "", file: "\(name).yaml", vocabulary: Mixers.vocabulary)
        try store.register(experiment: experiment, trials: TrialEntry.all(of: TrialPlan(experiment)))
        return experiment
    }

    /// One trial of each end, and one that runs.
    private static func train(_ plan: TrialPlan, _ store: Store) throws {
        var place = 0
        var queue = ClaimQueue(plan.entries.map(\.identity.hexadecimal))
        while place < 6, let trial = try store.claim(from: &queue) {
            place += 1
            let value = 0.5 + Double(place) / 100
            try store.apply(event: .started(provenance), attempt: trial.attempt)
            try store.apply(event: .gradientsChecked(parameters: 12), attempt: trial.attempt)
            try store.apply(event: .epoch(report(value)), attempt: trial.attempt)
            try store.apply(event: .measured(measurement), attempt: trial.attempt)
            switch place {
            case 4:
                try store.apply(event: .failed(Failure(.diverged, "the loss is not a number")), attempt: trial.attempt)
            case 5: try store.apply(event: .failed(Failure(.interrupted, "stopped")), attempt: trial.attempt)
            case 6: try store.beat([trial.attempt: StepProgress(step: 1, steps: 8)])
            default:
                try store.apply(event: .finished(outcome(value)), attempt: trial.attempt)
                guard place == 1 else { continue }
                let repetition = Repetition(
                    provenance: provenance, epochs: [report(value)], outcome: outcome(value - 0.25))
                _ = try store.verify(trial: trial.identity, with: repetition)
            }
        }
    }

    private static let provenance = Provenance(
        host: "bench", processIdentifier: 42, processStart: 1000, processor: "a processor", codeVersion: "0.1",
        compiler: "6.3", blas: "none", operatingSystem: "Debian 12", threads: 1, dataDigest: "d", resumedAfterEpoch: 0)

    private static let measurement = Measurement(
        parameters: 1000, multiplyAccumulates: 2_000_000, activationBytes: 3_000_000, peakResidentBytes: 50_000_000,
        training: .init(median: 100, minimum: 90, maximum: 110, repeats: 3),
        inference: .init(median: 400, minimum: 390, maximum: 410, repeats: 5))

    private static func report(_ value: Double) -> EpochReport {
        EpochReport(
            epoch: 1, metrics: [Metric(.train, "loss", 1 - value), Metric(.validation, "accuracy", value)],
            learningRate: 1e-3, gradientNorm: 1, trainSeconds: 2, evaluationSeconds: 0.5)
    }

    private static func outcome(_ value: Double) -> Outcome {
        Outcome(
            epoch: 1,
            metrics: [
                Metric(.test, "accuracy", value), Metric(.test, "accuracy", part: "pairs=2", value - 0.1),
                Metric(.test, "loss", 1 - value), Metric(.validation, "accuracy", value),
            ], wallSeconds: 12, weightsDigest: "abc")
    }
}
