import Autograd

/// A depthwise convolution along the tokens, with SiLU behind it.   x (B, L, D) -> y (B, L, D);   weight (D, 1, k), bias (D)
///
/// Without bias unless `backbone.depthwise-bias` says otherwise: the released code passes `conv_bias//2`, which is 0
/// (docs/model.md). Initial weights and biases are U(±1/√k), PyTorch's default.
public struct DepthwiseConvolution {
    let weight: Parameter
    let bias: Parameter?
    let padding: DepthwisePadding

    public init(
        _ channels: Int, size: Int, padding: DepthwisePadding = .same, bias hasBias: Bool = false,
        in scope: ParameterScope
    ) {
        let bound = 1 / Double(size).squareRoot()
        weight = scope.parameter("weight", [channels, 1, size], .uniform(bound: bound))
        bias = hasBias ? scope.parameter("bias", [channels], .uniform(bound: bound)) : nil
        self.padding = padding
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        depthwiseConvolution(x, weight: weight.tensor, bias: bias?.tensor, padding: padding, activation: .silu)
    }
}
