import Kernels

/// Adam's direction with one trust ratio for each parameter (You et al. 2020, arXiv 1904.00962), as timm computes it.
///
///     u = (m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε) + λ·p
///     p = p − lr·(‖p‖/‖u‖)·u
///
/// The ratio applies to decayed parameters only; biases and one-dimensional parameters take Adam's step. The global norm
/// of the gradients is clipped to 1 on top of what the caller clips (timm 1.0.15, which trained MambaVision).
public final class Lamb: Optimizer {
    /// timm's `max_grad_norm`.
    public static let largestNorm = 1.0

    public var steps = 0
    private let store: ParameterStore
    private let settings: (beta1: Double, beta2: Double, epsilon: Double)
    private let ranges: [(range: Range<Int>, decay: Float)]
    private let first, second: OptimizerState

    /// An optimizer for a materialized store.
    public init(
        _ store: ParameterStore, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0, decayed: DecayedParameters = .matrices
    ) {
        self.store = store
        settings = (beta1, beta2, epsilon)
        ranges = store.decayRanges(weightDecay, on: decayed)
        first = OptimizerState("first moment", count: store.flatCount)
        second = OptimizerState("second moment", count: store.flatCount)
    }

    public var stateArrays: [OptimizerState] { [first, second] }

    public func step(
        learningRate: Double, gradientNorm: Double, gradientScale: Double, parallel: Parallel
    ) throws(MissingGradients) {
        try store.requireGradients()
        steps += 1
        let clipped = gradientNorm * gradientScale
        let scale = clipped > Lamb.largestNorm ? gradientScale * Lamb.largestNorm / clipped : gradientScale
        let step = AdamStep(
            learningRate: learningRate, beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
            step: steps)
        let arrays = AdamStep.Arrays(
            parameters: store.values, gradients: FloatPointer(store.gradients), first: first.pointer,
            second: second.pointer)
        parallel.forEach(ranges.count) { index in
            step.lamb(arrays, range: ranges[index].range, weightDecay: ranges[index].decay, gradientScale: Float(scale))
        }
    }
}
