import Kernels

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101).
///
///     m = β₁·m + (1 − β₁)·g,   v = β₂·v + (1 − β₂)·g²
///     p = p − lr·λ·p − lr·(m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε)
///
/// Biases and one-dimensional parameters are not decayed, unless asked for.
public final class AdamW: Optimizer {
    public var steps = 0
    private let store: ParameterStore
    private let settings: (beta1: Double, beta2: Double, epsilon: Double)
    private let pieces: [(range: Range<Int>, decay: Float)]
    private let first, second: OptimizerState

    /// An optimizer for a materialized store.
    public init(
        _ store: ParameterStore, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0, decayed: DecayedParameters = .matrices
    ) {
        self.store = store
        settings = (beta1, beta2, epsilon)
        // A step is the same however the array is cut; large parameters are cut so that threads share them.
        pieces = store.decayRanges(weightDecay, on: decayed).flatMap { range, decay in
            stride(from: range.lowerBound, to: range.upperBound, by: 1 << 15).map { start in
                (start..<min(start + 1 << 15, range.upperBound), decay)
            }
        }
        first = OptimizerState("first moment", count: store.flatCount)
        second = OptimizerState("second moment", count: store.flatCount)
    }

    public var stateArrays: [OptimizerState] { [first, second] }

    public func step(
        learningRate: Double, gradientNorm: Double, gradientScale: Double, parallel: Parallel
    ) throws(MissingGradients) {
        try store.requireGradients()
        steps += 1
        let step = AdamStep(
            learningRate: learningRate, beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
            step: steps)
        let arrays = AdamStep.Arrays(
            parameters: store.values, gradients: FloatPointer(store.gradients), first: first.pointer,
            second: second.pointer)
        parallel.forEach(pieces.count) { index in
            step.adamW(
                arrays, range: pieces[index].range, weightDecay: pieces[index].decay,
                gradientScale: Float(gradientScale))
        }
    }
}
