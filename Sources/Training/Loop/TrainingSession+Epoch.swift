import Autograd
import Experiments

extension TrainingSession {
    /// Trains one epoch and evaluates what came out.
    ///
    /// - Parameters:
    ///   - shouldStop: asked after every step.
    ///   - progress: told the step that was made, over the whole trial, from 1.
    /// - Throws: `Failure` where the loss diverges, a parameter gets no gradient, or somebody asks to stop.
    func trainEpoch(shouldStop: () -> Bool, progress: (Int) throws -> Void) throws -> EpochReport {
        let epoch = epoch + 1
        let order = EpochOrder.indices(seed: specification.seed, epoch: epoch, count: dataset.count(.train))
        let stopwatch = Stopwatch()
        var running = RunningMetrics()
        var norms = 0.0
        for index in 0..<stepsPerEpoch {
            let step = (epoch - 1) * stepsPerEpoch + index
            let stepStopwatch = Stopwatch()
            loader.fillForTraining(
                batch, order[index * batch.capacity..<(index + 1) * batch.capacity], epoch: epoch)
            norms += try trainStep(step, epoch: epoch, into: &running)
            trainingSpeed.add(seconds: stepStopwatch.seconds)
            try progress(step + 1)
            if shouldStop() {
                throw Failure(.interrupted, "stopped in epoch \(epoch)")
            }
        }
        let trainSeconds = stopwatch.seconds
        let metrics = running.metrics(.train) + evaluate()
        guard metrics.allSatisfy({ $0.value.isFinite }) else {
            throw Failure(.diverged, "a metric of epoch \(epoch) is not a finite number")
        }
        return EpochReport(
            epoch: epoch, metrics: metrics, learningRate: schedule(epoch * stepsPerEpoch - 1),
            gradientNorm: norms / Double(stepsPerEpoch), trainSeconds: trainSeconds,
            evaluationSeconds: stopwatch.seconds - trainSeconds)
    }

    /// One step: forward, backward, clipping, optimizer, average. Returns the gradient's norm before clipping.
    private func trainStep(_ step: Int, epoch: Int, into running: inout RunningMetrics) throws(Failure) -> Double {
        pool.resetPeak()
        network.store.clearGradients()
        let tape = Tape(mode: .training, parallel: parallel, pool: pool, random: randomness["drop path"][step])
        let logits = network(input(on: tape))
        let loss = crossEntropy(logits)
        let value = Double(loss.values[0])
        guard value.isFinite else {
            throw Failure(.diverged, "the loss became \(value) in step \(step + 1), epoch \(epoch)")
        }
        running.add(meanLoss: value, correct: correctAnswers(logits), labels: batch.labelled)
        tape.backward(loss)
        activationBytes = max(activationBytes, pool.peakBytes)
        let norm = network.store.gradientNorm(parallel)
        guard norm.isFinite else {
            throw Failure(.diverged, "the gradient's norm became \(norm) in step \(step + 1), epoch \(epoch)")
        }
        do {
            try optimizer.step(
                learningRate: schedule(step), gradientNorm: norm, gradientScale: clippingScale(norm),
                parallel: parallel)
        } catch {
            throw Failure(.network, error.description)
        }
        average?.update(from: network.store)
        return norm
    }

    /// What gradients are multiplied by, so that their norm is at most `clipNorm`.
    private func clippingScale(_ norm: Double) -> Double {
        guard let limit = specification.train.clipNorm, norm > limit else { return 1 }
        return limit / (norm + 1e-6)
    }
}
