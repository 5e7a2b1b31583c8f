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
        let stopwatch = Stopwatch()
        var running = RunningMetrics()
        var norms = 0.0
        for step in (epoch - 1) * stepsPerEpoch..<epoch * stepsPerEpoch {
            let stepStopwatch = Stopwatch()
            norms += try trainStep(step, into: &running)
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

    /// One step: data, forward, backward, clipping, optimizer, average.
    ///
    /// - Parameter step: counts from 0 over the whole trial.
    /// - Returns: the gradient's norm before clipping.
    @discardableResult
    func trainStep(_ step: Int, into running: inout RunningMetrics) throws(Failure) -> Double {
        takeBatch(step)
        pool.resetPeak()
        measure("forget gradients") { network.store.clearGradients() }
        let tape = Tape(mode: .training, parallel: parallel, pool: pool, random: randomness["drop path"][step])
        tape.profile = profile
        tape.recomputesSegments = recomputes
        var correct = 0
        let loss = batchLoss(on: tape) { logits in
            correct = measure("correct answers") { correctAnswers(logits) }
        }
        let value = Double(loss.values[0])
        guard value.isFinite else {
            throw Failure(.diverged, "the loss became \(words(value)) in \(place(of: step))")
        }
        running.add(meanLoss: value, correct: correct, labels: batch.labelled)
        tape.backward(loss)
        activationBytes = max(activationBytes, pool.peakBytes)
        return try moveParameters(step)
    }

    /// The loss of the batch. Nothing keeps the logits afterwards but the tape, so that every step takes the same memory.
    ///
    /// - Parameter look: shown the logits.
    func batchLoss(on tape: Tape, look: (Tensor) -> Void = { _ in }) -> Tensor {
        let logits = network(input(on: tape))
        look(logits)
        return crossEntropy(logits)
    }

    /// Waits for the step's examples; the next step's are then prepared beside the work on these.
    private func takeBatch(_ step: Int) {
        let isLast = (step + 1) % stepsPerEpoch == 0
        measure("waiting for data") { _ = feed.take(.step(step), next: isLast ? nil : .step(step + 1)) }
    }

    /// Clipping, optimizer and average. Returns the gradient's norm before clipping.
    private func moveParameters(_ step: Int) throws(Failure) -> Double {
        let store = network.store
        let norm = measure("gradient norm", numbers: store.flatCount) { store.gradientNorm(parallel) }
        guard norm.isFinite else {
            throw Failure(.diverged, "the gradient's norm became \(words(norm)) in \(place(of: step))")
        }
        do {
            try measure("optimizer", numbers: 7 * store.flatCount) { () throws(MissingGradients) in
                try optimizer.step(
                    learningRate: schedule(step), gradientNorm: norm, gradientScale: clippingScale(norm),
                    parallel: parallel)
            }
        } catch {
            throw Failure(.network, error.description)
        }
        if let average {
            measure("weight average", numbers: 3 * store.flatCount) { average.update(from: store) }
        }
        return norm
    }

    /// A number that is not finite, in words.
    private func words(_ value: Double) -> String { value.isNaN ? "not a number" : "\(value)" }

    private func measure<Result, Problem>(
        _ name: String, numbers: Int = 0, _ body: () throws(Problem) -> Result
    ) throws(Problem) -> Result {
        guard let profile else { return try body() }
        return try profile.measure(name, work: .init(numbers: numbers), body)
    }

    private func place(of step: Int) -> String { "step \(step + 1), epoch \(step / stepsPerEpoch + 1)" }

    /// What gradients are multiplied by, so that their norm is at most `clipNorm`.
    private func clippingScale(_ norm: Double) -> Double {
        guard let limit = specification.train.clipNorm, norm > limit else { return 1 }
        return limit / (norm + 1e-6)
    }
}
