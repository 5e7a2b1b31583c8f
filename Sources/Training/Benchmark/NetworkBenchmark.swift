import Autograd
import Experiments
import Networks
import Randomness

/// How fast a network trains and answers on this machine, with random images: no data set, nothing stored.
///
/// A training step is what a trial does: forward, mean cross-entropy, backward, clipping at norm 5, AdamW.
public final class NetworkBenchmark {
    public enum Work: String, CaseIterable, Sendable {
        case training, inference
    }

    /// What was measured for one kind of work.
    public struct Outcome {
        public let work: Work
        /// Images a second: median, lowest and highest of the repeats.
        public let throughput: Measurement.Throughput
        /// The highest resident set size of the process so far, in bytes.
        public let peakResidentBytes: Int
        /// Seconds of all repeats.
        public let seconds: Double
        /// The time of each kind of operation in all repeats.
        public let profile: Profile
    }

    public let batch: Int
    private let network: Backbone
    private let optimizer: AdamW
    private let parallel: Parallel
    private let pool = BufferPool()
    private let images: [Float]
    private let randomness = RandomKey(seed: 0)

    /// - Throws: `NetworkError` where the plan cannot be built.
    public init(_ plan: NetworkPlan, batch: Int, threads: Int) throws(NetworkError) {
        self.batch = batch
        network = try Backbone(plan)
        network.store.materialize(seed: 0)
        optimizer = AdamW(network.store, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.05)
        parallel = Parallel(threads: threads)
        var generator = randomness["images"].generator
        images = (0..<batch * plan.input.height * plan.input.width * plan.input.channels).map { _ in
            Float.random(in: -1...1, using: &generator)
        }
    }

    /// Works `repeats` times behind the warm-up.
    public func run(_ work: Work, repeats: Int) throws -> Outcome {
        try withFlushedDenormals {
            var meter = SpeedMeter(imagesPerPiece: batch)
            var profile = Profile()
            var seconds = 0.0
            for index in 0..<SpeedMeter.warmup + repeats {
                if index == SpeedMeter.warmup { profile = Profile() }
                let stopwatch = Stopwatch()
                switch work {
                case .training: try train(index, profile)
                case .inference: answer(profile)
                }
                let duration = stopwatch.seconds
                meter.add(seconds: duration)
                if index >= SpeedMeter.warmup { seconds += duration }
            }
            return Outcome(
                work: work, throughput: meter.summary, peakResidentBytes: ProcessFacts.peakResidentBytes,
                seconds: seconds, profile: profile)
        }
    }

    private func train(_ step: Int, _ profile: Profile) throws {
        network.store.clearGradients()
        let tape = Tape(mode: .training, parallel: parallel, pool: pool, random: randomness["drop path"][step])
        tape.profile = profile
        let logits = network(input(on: tape))
        let classes = logits.shape.dimensions[logits.shape.rank - 1]
        let rows = logits.shape.count / classes
        let targets = tape.input([rows, classes])
        targets.pointer.update(repeating: 0, count: targets.shape.count)
        for row in 0..<rows { targets.pointer[row * classes + row % classes] = 1 }
        tape.backward(softmaxCrossEntropy(logits.reshaped([rows, classes]), targets: targets, weights: nil))
        let norm = network.store.gradientNorm(parallel)
        try optimizer.step(
            learningRate: 1e-4, gradientNorm: norm, gradientScale: norm > 5 ? 5 / norm : 1, parallel: parallel)
    }

    private func answer(_ profile: Profile) {
        let tape = Tape(mode: .inference, parallel: parallel, pool: pool)
        tape.profile = profile
        _ = network(input(on: tape))
    }

    private func input(on tape: Tape) -> Tensor {
        let size = network.plan.input
        let tensor = tape.input([batch, size.height, size.width, size.channels])
        tensor.pointer.update(from: images, count: images.count)
        return tensor
    }
}
