import Kernels
import Randomness

/// The distribution that a parameter's first values are drawn from.
public enum Initializer: Sendable {
    case constant(Float)
    /// N(0, σ²), cut off at ±2 (absolute), which for σ = 0.02 cuts nothing: timm's `trunc_normal_`.
    case truncatedNormal(deviation: Double)
    /// U(−bound, bound). PyTorch's default for convolutions has bound 1/√fan-in.
    case uniform(bound: Double)
    /// Every row holds ln 1 … ln N: Mamba's `A_log` (D, N).
    case logarithmsOfIndices
    /// The inverse softplus of a step drawn log-uniformly from [0.001, 0.1], at least 1e-4: Mamba's own step bias.
    case inverseSoftplusOfStep

    /// Fills `count` numbers, `columns` a row, from the stream of `key`.
    func fill(_ target: MutableFloatPointer, count: Int, columns: Int, key: RandomKey) {
        var generator = key.generator
        switch self {
        case .constant(let value):
            target.update(repeating: value, count: count)
        case .truncatedNormal(let deviation):
            for i in 0..<count {
                var value = generator.normal() * deviation
                while abs(value) > 2 {
                    value = generator.normal() * deviation
                }
                target[i] = Float(value)
            }
        case .uniform(let bound):
            for i in 0..<count {
                target[i] = Float((2 * generator.doubleUniform() - 1) * bound)
            }
        case .logarithmsOfIndices:
            for i in 0..<count {
                target[i] = Float(logarithm(Double(i % columns + 1)))
            }
        case .inverseSoftplusOfStep:
            for i in 0..<count {
                let span = logarithm(0.1) - logarithm(0.001)
                let step = max(exponential(generator.doubleUniform() * span + logarithm(0.001)), 1e-4)
                target[i] = Float(step + logarithm(1 - exponential(-step)))
            }
        }
    }
}
