import Autograd
import Experiments
import Networks
import Randomness

/// How fast a network trains and answers on this machine, with random images: no data set, nothing stored.
///
/// A training step is what a trial does: forward, mean cross-entropy, backward, clipping at norm 5, AdamW.
public final class NetworkBenchmark: Benchmark {
    public let batch: Int
    public let work: BenchmarkWork
    private let network: Backbone
    /// Nil where nothing is trained: its state is twice the network's size.
    private let optimizer: AdamW?
    private let parallel: Parallel
    private let pool = BufferPool()
    private let images: UnsafeMutableBufferPointer<Float>
    private let recomputes: Bool
    private let randomness = RandomKey(seed: 0)
    private var steps = 0

    /// - Parameter recomputes: whether training runs blocks again in backward, instead of keeping what is in them.
    /// - Throws: `NetworkError` where the plan cannot be built.
    public init(
        _ plan: NetworkPlan, _ work: BenchmarkWork, batch: Int, threads: Int, recomputes: Bool = false
    ) throws(NetworkError) {
        self.batch = batch
        self.work = work
        self.recomputes = recomputes
        network = try Backbone(plan)
        network.store.materialize(seed: 0)
        optimizer =
            work == .inference
            ? nil : AdamW(network.store, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.05)
        parallel = Parallel(threads: threads)
        var generator = randomness["images"].generator
        images = .allocate(capacity: batch * plan.input.height * plan.input.width * plan.input.channels)
        for index in images.indices {
            images.initializeElement(at: index, to: Float.random(in: -1...1, using: &generator))
        }
    }

    deinit {
        images.deallocate()
    }

    public var allocations: Int { pool.allocations }

    /// The most bytes that arrays have taken up so far.
    public var peakBytes: Int { pool.peakBytes }

    public func step(_ profile: Profile) throws {
        if let optimizer { try train(optimizer, profile) } else { answer(profile) }
        steps += 1
    }

    private func train(_ optimizer: AdamW, _ profile: Profile) throws {
        let store = network.store
        profile.measure("forget gradients") { store.clearGradients() }
        let tape = Tape(mode: .training, parallel: parallel, pool: pool, random: randomness["drop path"][steps])
        tape.profile = profile
        tape.recomputesSegments = recomputes
        let logits = network(input(on: tape))
        tape.backward(loss(of: logits, on: tape))
        let norm = profile.measure("gradient norm", work: .init(numbers: store.flatCount)) {
            store.gradientNorm(parallel)
        }
        try profile.measure("optimizer", work: .init(numbers: 7 * store.flatCount)) {
            try optimizer.step(
                learningRate: 1e-4, gradientNorm: norm, gradientScale: norm > 5 ? 5 / norm : 1, parallel: parallel)
        }
    }

    private func answer(_ profile: Profile) {
        let tape = Tape(mode: .inference, parallel: parallel, pool: pool)
        tape.profile = profile
        _ = network(input(on: tape))
    }

    private func input(on tape: Tape) -> Tensor {
        let size = network.plan.input
        return tape.input([batch, size.height, size.width, size.channels], viewing: images)
    }

    /// The mean cross-entropy with each class in turn.
    private func loss(of logits: Tensor, on tape: Tape) -> Tensor {
        let classes = logits.shape.dimensions[logits.shape.rank - 1]
        let rows = logits.shape.count / classes
        let targets = tape.input([rows, classes])
        targets.pointer.update(repeating: 0, count: targets.shape.count)
        for row in 0..<rows { targets.pointer[row * classes + row % classes] = 1 }
        return softmaxCrossEntropy(logits.reshaped([rows, classes]), targets: targets, weights: nil)
    }
}
