extension Convolution3x3 {
    /// Floats of a weight or its gradient.
    public var weightCount: Int { 9 * inputChannels * outputChannels }

    /// Floats of the sums that `weightGradient` adds to.
    public var weightSumCount: Int { usesWinogradWeightGradient ? winogradWeightGradient.sumCount : weightCount }

    /// Floats of scratch that `weightGradient` takes.
    public var weightGradientScratchCount: Int {
        if usesWinogradWeightGradient { return winogradWeightGradient.scratchCount }
        return paddedInput.scratchCount + gradientScratchCount + WindowPanel.scratchCount
    }

    private var gradientScratchCount: Int { GradientRows.scratchCount(columns: outputChannels, stride: outputChannels) }

    /// Whether the sums are those of `NarrowWeightGradient`.
    private var hasNarrowInput: Bool { inputChannels < 8 && outputChannels % 8 == 0 }

    /// Adds the weight's gradient of a range of images to `sums`, or begins them with it where `accumulate` is false.
    ///
    /// x and dy point at image 0 of the whole batch. The sums are in an order of their own, (outputChannels, 3, 3,
    /// inputChannels), the reverse of it or Winograd's 36 points; `addWeightGradient` turns them into the weight's. Each sum is one chain in
    /// the order of the images and pixels that goes on from the value in `sums` where it accumulates: two calls on consecutive ranges give the
    /// bits of one call on both.
    public func weightGradient(
        images: Range<Int>, _ x: FloatPointer, _ dy: FloatPointer, accumulate: Bool, into sums: MutableFloatPointer,
        scratch: MutableFloatPointer
    ) {
        if usesWinogradWeightGradient {
            winogradWeightGradient.add(images: images, x, dy, accumulate: accumulate, to: sums, scratch: scratch)
            return
        }
        if !accumulate { sums.update(repeating: 0, count: weightSumCount) }
        let padded = paddedInput
        padded.clear(scratch)
        let gradientScratch = scratch + padded.scratchCount
        let panel = gradientScratch + gradientScratchCount
        for first in Swift.stride(from: images.lowerBound, to: images.upperBound, by: padded.groupSize) {
            let count = min(padded.groupSize, images.upperBound - first)
            padded.fill(scratch, from: x + first * inputCount, count: count)
            let (grid, gradient) = (outputGrid(images: count), dy + first * outputCount)
            if hasNarrowInput {
                NarrowWeightGradient(
                    grid: grid, windowCount: 9 * inputChannels, runLength: 3 * inputChannels,
                    runStride: padded.rowStride, outputChannels: outputChannels
                ).add(scratch, gradient, to: sums)
            } else {
                addGroup(grid, scratch, gradient, sums, gradientScratch, panel)
            }
        }
    }

    /// Adds the sums of `weightGradient` to a gradient in the weight's order (outputChannels, inputChannels, 3, 3), or
    /// overwrites it where `accumulate` is false.
    public func addWeightGradient(_ sums: FloatPointer, accumulate: Bool, to gradient: MutableFloatPointer) {
        if usesWinogradWeightGradient {
            winogradWeightGradient.transform(sums, accumulate: accumulate, to: gradient)
            return
        }
        for output in 0..<outputChannels {
            let target = gradient + output * 9 * inputChannels
            if hasNarrowInput || inputChannels < 8 {
                addNarrow(sums, output: output, accumulate, target)
                continue
            }
            let source = sums + output * 9 * inputChannels
            for channel in Swift.stride(from: 0, to: inputChannels, by: 8) {
                // The last vector reaches back into channels that are done: they are not stored.
                let first = min(channel, inputChannels - 8)
                @inline(__always)
                func row(_ index: Int) -> ThreeValues<Float8> {
                    ThreeValues(source + (3 &* index &* inputChannels &+ first), step: inputChannels)
                }
                NineTaps(row(0), row(1), row(2))
                    .put(skipping: channel &- first, accumulate: accumulate, to: target + 9 &* first)
            }
        }
    }

    /// The same for one output of few input channels.
    private func addNarrow(
        _ sums: FloatPointer, output: Int, _ accumulate: Bool, _ gradient: MutableFloatPointer
    ) {
        let (outputStep, windowStep) = hasNarrowInput ? (1, outputChannels) : (9 * inputChannels, 1)
        let source = sums + output * outputStep
        for input in 0..<inputChannels {
            for tap in 0..<9 {
                let value = source[(tap &* inputChannels &+ input) &* windowStep]
                let index = input &* 9 &+ tap
                gradient[index] = accumulate ? gradient[index] + value : value
            }
        }
    }

    private func addGroup(
        _ grid: PixelGrid, _ padded: FloatPointer, _ dy: FloatPointer, _ packed: MutableFloatPointer,
        _ gradientScratch: MutableFloatPointer, _ panel: MutableFloatPointer
    ) {
        let depth = 9 * inputChannels
        var gradient = GradientRows(dy, stride: outputChannels, columns: outputChannels, scratch: gradientScratch)
        for pixel in Swift.stride(from: 0, to: grid.pixelCount, by: GradientRows.blockRows) {
            let count = min(GradientRows.blockRows, grid.pixelCount - pixel)
            gradient.select(dy, row: pixel, count: count)
            for first in Swift.stride(from: 0, to: depth, by: Products.panelColumns) {
                let lanes = min(Products.panelColumns, depth - first)
                let window = WindowPanel(
                    first: first, lanes: lanes, runLength: 3 * inputChannels, runStride: paddedInput.rowStride)
                window.copy(padded, PixelCursor(grid, at: pixel), pixels: count, to: panel)
                let outer = OuterPanel(panel: panel, step: Products.panelColumns, lanes: lanes, rows: count)
                outer.add(gradient, into: packed + first, stride: depth, fresh: false)
            }
        }
    }
}
