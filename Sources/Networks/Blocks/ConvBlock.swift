import Autograd
import Experiments

/// Two 3×3 convolutions with batch norm and a residual.   x (B, H, W, C) -> (B, H, W, C)
///
///     x + DropPath(γ·BN(conv(GELU_tanh(BN(conv(x))))))
///
/// mambavision.md §1.1; the GELU is the tanh approximation here and the exact one in the MLP, as in the released code.
package struct ConvBlock {
    static let word = MixerWord(
        keyword: "conv", letter: "C", summary: "two 3×3 convolutions with batch norm and a residual", options: [])

    private let firstConvolution, secondConvolution: Convolution
    private let firstNorm, secondNorm: BatchNorm
    private let scale: LayerScale
    private let drop: DropPath

    package init(width: Int, layerScale: Double?, dropPath: Double, in scope: ParameterScope) {
        scale = LayerScale(width, initial: layerScale, named: "gamma", in: scope)
        firstConvolution = Convolution(width, width, bias: true, in: scope["conv1"])
        firstNorm = BatchNorm(width, activation: .geluTanh, in: scope["norm1"])
        secondConvolution = Convolution(width, width, bias: true, in: scope["conv2"])
        secondNorm = BatchNorm(width, in: scope["norm2"])
        drop = DropPath(rate: dropPath, path: scope.path)
    }

    package func callAsFunction(_ x: Tensor) -> Tensor {
        let branch = secondNorm(secondConvolution(firstNorm(firstConvolution(x))))
        return x + drop(scale(branch))
    }
}
