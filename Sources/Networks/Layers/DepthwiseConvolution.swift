import Autograd

/// A depthwise convolution along the tokens, with SiLU behind it.   x (B, L, D) -> y (B, L, D);   weight (D, 1, k)
///
/// Without bias, as in the released code, where `conv_bias//2` is 0. Initial weights are U(±1/√k), PyTorch's default.
public struct DepthwiseConvolution {
    let weight: Parameter
    let padding: DepthwisePadding

    public init(_ channels: Int, size: Int, padding: DepthwisePadding = .same, in scope: ParameterScope) {
        weight = scope.parameter("weight", [channels, 1, size], .uniform(bound: 1 / Double(size).squareRoot()))
        self.padding = padding
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        depthwiseConvolution(x, weight: weight.tensor, bias: nil, padding: padding, activation: .silu)
    }
}
