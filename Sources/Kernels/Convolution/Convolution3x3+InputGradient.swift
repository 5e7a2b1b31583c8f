extension Convolution3x3 {
    /// Floats of a weight packed for `inputGradient`.
    public var packedInputGradientWeightCount: Int {
        if usesWinograd { return winogradInputGradient.weights.packedCount }
        if stride == 1 { return phaseCount(.flipped, .flipped) }
        return Self.phases.reduce(0) { $0 + phaseCount(.phase($1.row), .phase($1.column)) }
    }

    /// Panels of 16 input channels, which can be packed for `inputGradient` one by one.
    public var inputGradientWeightPanels: Int { Products.panels(inputChannels) }

    /// Packs panels of a weight (outputChannels, inputChannels, 3, 3) for `inputGradient`.
    public func packInputGradientWeight(
        panels: Range<Int>, _ weight: FloatPointer, into packed: MutableFloatPointer
    ) {
        if usesWinograd {
            winogradInputGradient.weights.pack(
                panels: panels, weight, columnStep: 9, channelStep: 9 * inputChannels, flipped: true, into: packed)
            return
        }
        if stride == 1 {
            gradientTaps(weight, .flipped, .flipped).pack(panels: panels, into: packed)
            return
        }
        var target = packed
        for phase in Self.phases {
            let (vertical, horizontal) = (TapPattern.phase(phase.row), TapPattern.phase(phase.column))
            gradientTaps(weight, vertical, horizontal).pack(panels: panels, into: target)
            target += phaseCount(vertical, horizontal)
        }
    }

    /// Floats of scratch that `inputGradient` takes.
    public var inputGradientScratchCount: Int {
        usesWinograd ? winogradInputGradient.scratchCount : paddedOutput.scratchCount
    }

    /// Computes the input's gradient for a range of images: `dx[i] = Σ weight[o, i, ky, kx] · dy[o]`.
    ///
    /// dy and dx point at image 0 of the whole batch; dx is overwritten, or added to with `accumulate`. At stride 1 this is a convolution of dy with the
    /// weights turned by 180°; at stride 2 each of the four parities of (row, column) is a smaller convolution of its own, with
    /// 1, 2, 2 and 4 of the nine taps, so no product with an inserted zero is ever computed.
    public func inputGradient(
        images: Range<Int>, _ dy: FloatPointer, packedWeight: FloatPointer, accumulate: Bool,
        into dx: MutableFloatPointer, scratch: MutableFloatPointer
    ) {
        if usesWinograd {
            winogradInputGradient.convolve(
                images: images, dy, packed: packedWeight, bias: nil, accumulate: accumulate, into: dx, scratch: scratch)
            return
        }
        let padded = paddedOutput
        padded.clear(scratch)
        for first in Swift.stride(from: images.lowerBound, to: images.upperBound, by: padded.groupSize) {
            let count = min(padded.groupSize, images.upperBound - first)
            padded.fill(scratch, from: dy + first * outputCount, count: count)
            let target = dx + first * inputCount
            if stride == 1 {
                gradientProduct(.flipped, .flipped, row: 0, column: 0, images: count, accumulate: accumulate)
                    .multiply(scratch, packed: packedWeight, into: target)
                continue
            }
            var weights = packedWeight
            for phase in Self.phases {
                let (vertical, horizontal) = (TapPattern.phase(phase.row), TapPattern.phase(phase.column))
                gradientProduct(
                    vertical, horizontal, row: phase.row, column: phase.column, images: count, accumulate: accumulate
                )
                .multiply(
                    scratch, packed: weights,
                    into: target + (phase.row * width + phase.column) * inputChannels)
                weights += phaseCount(vertical, horizontal)
            }
        }
    }

    /// The four parities of an input pixel at stride 2.
    private static let phases: [(row: Int, column: Int)] = [(0, 0), (0, 1), (1, 0), (1, 1)]

    /// Output gradients with the border of zeros that the gradient's windows reach into.
    private var paddedOutput: PaddedImages {
        PaddedImages(
            height: outputHeight, width: outputWidth, channels: outputChannels, before: stride == 1 ? 1 : 0, after: 1,
            pixels: outputPixels)
    }

    private func phaseCount(_ vertical: TapPattern, _ horizontal: TapPattern) -> Int {
        TapMatrix.packedCount(vertical, horizontal, channels: outputChannels, columns: inputChannels)
    }

    private func gradientTaps(
        _ weight: FloatPointer, _ vertical: TapPattern, _ horizontal: TapPattern
    ) -> TapMatrix {
        TapMatrix(
            weight: weight, vertical: vertical, horizontal: horizontal, channels: outputChannels,
            channelStep: 9 * inputChannels, columns: inputChannels, columnStep: 9)
    }

    /// The product that computes the input pixels at `row`, `column` and every `stride` pixels from there.
    private func gradientProduct(
        _ vertical: TapPattern, _ horizontal: TapPattern, row: Int, column: Int, images: Int,
        accumulate: Bool
    ) -> ImplicitProduct {
        let padded = paddedOutput
        let grid = PixelGrid(
            images: images, rows: (height - row + stride - 1) / stride, columns: (width - column + stride - 1) / stride,
            source: .init(image: padded.imageStride, row: padded.rowStride, column: outputChannels),
            target: .init(image: inputCount, row: stride * width * inputChannels, column: stride * inputChannels))
        return ImplicitProduct(
            grid: grid, runs: vertical.count, runLength: horizontal.count * outputChannels,
            runStride: padded.rowStride, columns: inputChannels, bias: nil, accumulate: accumulate)
    }
}
