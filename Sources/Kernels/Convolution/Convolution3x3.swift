/// The sizes of a 3×3 convolution with padding 1 over channels-last images, and its kernels as methods.
///
/// x (images, height, width, inputChannels), weight (outputChannels, inputChannels, 3, 3) as PyTorch keeps it,
/// y (images, outputHeight, outputWidth, outputChannels) with `outputHeight = ⌈height / stride⌉`. Every kernel works on a
/// range of images on the calling thread, in scratch given by the caller, and gives each result the same bits however the
/// images are split over calls.
public struct Convolution3x3: Sendable, Equatable {
    public let height: Int
    public let width: Int
    public let inputChannels: Int
    public let outputChannels: Int
    /// 1 or 2.
    public let stride: Int

    public init(height: Int, width: Int, inputChannels: Int, outputChannels: Int, stride: Int) {
        precondition(stride == 1 || stride == 2, "a 3×3 convolution has stride 1 or 2, not \(stride)")
        precondition(
            height > 0 && width > 0 && inputChannels > 0 && outputChannels > 0,
            "a 3×3 convolution needs sizes of at least 1: \(height)×\(width)×\(inputChannels) → \(outputChannels)")
        self.height = height
        self.width = width
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.stride = stride
    }

    public var outputHeight: Int { (height - 1) / stride + 1 }
    public var outputWidth: Int { (width - 1) / stride + 1 }

    /// Floats of one input image.
    public var inputCount: Int { height * width * inputChannels }

    /// Pixels of one output image.
    public var outputPixels: Int { outputHeight * outputWidth }

    /// Floats of one output image.
    public var outputCount: Int { outputHeight * outputWidth * outputChannels }

    /// Multiply-adds of one image's forward pass, the zero border counted as PyTorch's counters do.
    public var multiplyAddsPerImage: Int { outputCount * 9 * inputChannels }
}
