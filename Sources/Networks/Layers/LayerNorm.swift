import Autograd

/// Layer normalisation over channels with scale and shift.   x (…, C) -> y (…, C)
public struct LayerNorm {
    let weight, bias: Parameter
    let epsilon: Float

    public init(_ channels: Int, epsilon: Float = 1e-5, in scope: ParameterScope) {
        weight = scope.parameter("weight", [channels], .constant(1))
        bias = scope.parameter("bias", [channels], .constant(0))
        self.epsilon = epsilon
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        layerNorm(x, weight: weight.tensor, bias: bias.tensor, epsilon: epsilon)
    }
}
