import Autograd
import Experiments

/// Two 3×3 convolutions with batch norm and a residual.   x (B, H, W, C) -> (B, H, W, C)
///
///     x + DropPath(γ·BN(conv(GELU(BN(conv(x))))))
///
/// The GELU is the tanh approximation here and the exact one in the MLP, as in the released code, unless
/// `backbone.conv-gelu` says otherwise (docs/model.md).
package struct ConvBlock {
    static let word = MixerWord(
        keyword: "conv", letter: "C", summary: "two 3×3 convolutions with batch norm and a residual", options: [])

    private let firstConvolution, secondConvolution: Convolution
    private let firstNorm, secondNorm: BatchNorm
    private let scale: LayerScale
    private let drop: DropPath
    private let gelu: BackboneSettings.GELU

    package init(
        width: Int, layerScale: Double?, gelu: BackboneSettings.GELU = .tanh, dropPath: Double,
        in scope: ParameterScope
    ) {
        self.gelu = gelu
        scale = LayerScale(width, initial: layerScale, named: "gamma", in: scope)
        firstConvolution = Convolution(width, width, bias: true, in: scope["conv1"])
        firstNorm = BatchNorm(width, activation: gelu == .tanh ? .geluTanh : .none, in: scope["norm1"])
        secondConvolution = Convolution(width, width, bias: true, in: scope["conv2"])
        secondNorm = BatchNorm(width, in: scope["norm2"])
        drop = DropPath(rate: dropPath, path: scope.path)
    }

    package func callAsFunction(_ x: Tensor) -> Tensor {
        let inner = firstNorm(firstConvolution(x))
        let branch = secondNorm(secondConvolution(gelu == .tanh ? inner : geluErf(inner)))
        return x + drop(scale(branch))
    }
}
