import Autograd
import Experiments
import Networks

extension TrainingSession {
    /// The trial's result: the metrics of the selected epoch.
    func outcome() -> Outcome {
        let selected = selectedReport
        return Outcome(
            epoch: selected.epoch, metrics: selected.metrics, wallSeconds: wallSeconds,
            weightsDigest: WeightsDigest.of(network.store))
    }

    /// The network's size and speed.
    ///
    /// Speeds are those of the training's own steps and of the evaluations' full batches, data included. An attempt that
    /// had nothing left to train makes a few steps for it.
    func measurement() throws(Failure) -> Measurement {
        if trainingSpeed.isEmpty || inferenceSpeed.isEmpty {
            measureSpeed()
        }
        let census: NetworkCensus
        do {
            census = try NetworkCensus(network.plan)
        } catch {
            throw Failure(.network, error.description)
        }
        return Measurement(
            parameters: network.store.parameterCount, multiplyAccumulates: census.multiplyAccumulates,
            activationBytes: activationBytes, peakResidentBytes: ProcessFacts.peakResidentBytes,
            training: trainingSpeed.throughput, inference: inferenceSpeed.throughput)
    }

    /// The last epoch's report, or the first of those that are best on validation by the task's metric.
    var selectedReport: EpochReport {
        guard let last = reports.last else { preconditionFailure("a trial without epochs has no outcome") }
        switch specification.train.selection {
        case .last: return last
        case .bestValidation:
            let metric = dataset.metric.rawValue
            return reports.reduce(last) { best, report in
                let (value, bestValue) = (report.validation(metric), best.validation(metric))
                let isEarlier = value == bestValue && report.epoch < best.epoch
                return value > bestValue || isEarlier ? report : best
            }
        }
    }

    /// Forward and backward passes on copies' terms: the network's values are put back afterwards.
    private func measureSpeed() {
        let saved = WeightsCopy(of: network.store)
        defer { saved.copy(to: network.store) }
        let indices = Array(0..<batch.capacity)
        for _ in 0..<SpeedMeter.warmup + 5 {
            let training = Stopwatch()
            pool.resetPeak()
            network.store.clearGradients()
            loader.fillForTraining(batch, indices[...], epoch: 1)
            let tape = Tape(mode: .training, parallel: parallel, pool: pool, random: randomness["speed"])
            tape.backward(batchLoss(on: tape))
            activationBytes = max(activationBytes, pool.peakBytes)
            trainingSpeed.add(seconds: training.seconds)
            let inference = Stopwatch()
            loader.fill(batch, indices[...], of: .train)
            _ = network(input(on: Tape(mode: .inference, parallel: parallel, pool: pool)))
            inferenceSpeed.add(seconds: inference.seconds)
        }
    }
}

extension EpochReport {
    fileprivate func validation(_ metric: String) -> Double {
        metrics.first { $0.split == .validation && $0.name == metric && $0.part.isEmpty }?.value ?? -1
    }
}
