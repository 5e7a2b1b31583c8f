import Autograd
import Experiments

/// Two 3×3 convolutions, each with batch norm (ε 1e-4 unless set) and ReLU.   image (B, H, W, 3) -> (B, H/s₁s₂, W/s₁s₂, C)
///
/// The released code strides both by 2; small images need less (`backbone.stem.strides`). Its ε is not that of the
/// other norms (`backbone.stem.epsilon`, docs/model.md).
package struct Stem {
    private let firstConvolution, secondConvolution: Convolution
    private let firstNorm, secondNorm: BatchNorm

    package init(_ settings: BackboneSettings, inputs: Int, in scope: ParameterScope) {
        let (channels, strides) = (settings.stem.channels, settings.stem.strides)
        let epsilon = Float(settings.stem.epsilon)
        let parts = scope["conv_down"]
        firstConvolution = Convolution(inputs, channels, stride: strides[0], bias: false, in: parts[0])
        firstNorm = BatchNorm(channels, epsilon: epsilon, activation: .relu, in: parts[1])
        secondConvolution = Convolution(channels, settings.width, stride: strides[1], bias: false, in: parts[3])
        secondNorm = BatchNorm(settings.width, epsilon: epsilon, activation: .relu, in: parts[4])
    }

    package func callAsFunction(_ image: Tensor) -> Tensor {
        secondNorm(secondConvolution(firstNorm(firstConvolution(image))))
    }
}
