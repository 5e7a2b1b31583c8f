import Autograd

/// A 3×3 convolution with one pixel of zero padding.   x (B, H, W, I) -> y (B, ⌈H/s⌉, ⌈W/s⌉, O);   weight (O, I, 3, 3)
///
/// Initial weights and biases are U(±1/√(9·I)), PyTorch's default.
public struct Convolution {
    let weight: Parameter
    let bias: Parameter?
    let stride: Int

    public init(_ inputs: Int, _ outputs: Int, stride: Int = 1, bias hasBias: Bool, in scope: ParameterScope) {
        let bound = 1 / Double(9 * inputs).squareRoot()
        weight = scope.parameter("weight", [outputs, inputs, 3, 3], .uniform(bound: bound))
        bias = hasBias ? scope.parameter("bias", [outputs], .uniform(bound: bound)) : nil
        self.stride = stride
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        convolution3x3(x, weight: weight.tensor, bias: bias?.tensor, stride: stride)
    }
}
