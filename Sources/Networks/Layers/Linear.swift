import Autograd

/// y = x·Wᵀ + b.   x (…, K) -> y (…, N);   weight (N, K), bias (N)
///
/// Initial weights are N(0, 0.02²), biases 0, as the official code's last pass over all linear layers leaves them.
public struct Linear {
    public let weight: Parameter
    public let bias: Parameter?

    public init(
        _ inputs: Int, _ outputs: Int, bias hasBias: Bool = true,
        weights: Initializer = .truncatedNormal(deviation: 0.02), biases: Initializer = .constant(0),
        in scope: ParameterScope
    ) {
        weight = scope.parameter("weight", [outputs, inputs], weights)
        bias = hasBias ? scope.parameter("bias", [outputs], biases) : nil
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        linear(x, weight: weight.tensor, bias: bias?.tensor)
    }

    /// y = f(x)·Wᵀ + b, in one operation that keeps x only.
    public func callAsFunction(_ x: Tensor, after function: LinearActivation) -> Tensor {
        linear(x, after: function, weight: weight.tensor, bias: bias?.tensor)
    }
}
