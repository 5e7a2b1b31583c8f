extension Convolution3x3 {
    /// Floats of a packed forward weight.
    public var packedWeightCount: Int {
        if usesWinograd { return winogradForward.weights.packedCount }
        return TapMatrix.packedCount(.forward, .forward, channels: inputChannels, columns: outputChannels)
    }

    /// Panels of 16 output channels, which can be packed one by one.
    public var weightPanels: Int { Products.panels(outputChannels) }

    /// Packs panels of a weight (outputChannels, inputChannels, 3, 3) for `forward`.
    public func packWeight(panels: Range<Int>, _ weight: FloatPointer, into packed: MutableFloatPointer) {
        if usesWinograd {
            winogradForward.weights.pack(
                panels: panels, weight, columnStep: 9 * inputChannels, channelStep: 9, flipped: false, into: packed)
            return
        }
        let matrix = TapMatrix(
            weight: weight, vertical: .forward, horizontal: .forward, channels: inputChannels, channelStep: 9,
            columns: outputChannels, columnStep: 9 * inputChannels)
        matrix.pack(panels: panels, into: packed)
    }

    /// Floats of scratch that `forward` takes.
    public var forwardScratchCount: Int {
        usesWinograd ? winogradForward.scratchCount : paddedInput.scratchCount
    }

    /// Convolves a range of images: `y[o] = bias[o] + Σ weight[o, i, ky, kx] · x[i]` over the 3×3 neighbourhood.
    ///
    /// x and y point at image 0 of the whole batch; only the images of the range are written.
    public func forward(
        images: Range<Int>, _ x: FloatPointer, packedWeight: FloatPointer, bias: FloatPointer?,
        into y: MutableFloatPointer, scratch: MutableFloatPointer
    ) {
        if usesWinograd {
            winogradForward.convolve(
                images: images, x, packed: packedWeight, bias: bias, accumulate: false, into: y, scratch: scratch)
            return
        }
        let padded = paddedInput
        padded.clear(scratch)
        for first in Swift.stride(from: images.lowerBound, to: images.upperBound, by: padded.groupSize) {
            let count = min(padded.groupSize, images.upperBound - first)
            padded.fill(scratch, from: x + first * inputCount, count: count)
            let product = ImplicitProduct(
                grid: outputGrid(images: count), runs: 3, runLength: 3 * inputChannels, runStride: padded.rowStride,
                columns: outputChannels, bias: bias, accumulate: false)
            product.multiply(scratch, packed: packedWeight, into: y + first * outputCount)
        }
    }

    /// Inputs with a border of one zero pixel all around.
    var paddedInput: PaddedImages {
        PaddedImages(
            height: height, width: width, channels: inputChannels, before: 1, after: 1, pixels: outputPixels)
    }

    /// Output pixels, reading padded inputs.
    func outputGrid(images: Int) -> PixelGrid {
        let padded = paddedInput
        return PixelGrid(
            images: images, rows: outputHeight, columns: outputWidth,
            source: .init(image: padded.imageStride, row: stride * padded.rowStride, column: stride * inputChannels),
            target: .init(image: outputCount, row: outputWidth * outputChannels, column: outputChannels))
    }
}
