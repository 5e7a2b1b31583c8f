extension Convolution3x3 {
    /// Floats of a weight gradient, packed or not.
    public var weightCount: Int { 9 * inputChannels * outputChannels }

    /// Floats of scratch that `weightGradient` takes.
    public var weightGradientScratchCount: Int {
        paddedInput.scratchCount + GradientRows.scratchCount(columns: outputChannels) + WindowPanel.scratchCount
    }

    /// Adds the weight's gradient of a range of images to `packed` (outputChannels, 3, 3, inputChannels).
    ///
    /// x and dy point at image 0 of the whole batch. The packed form keeps a window's channels side by side;
    /// `addWeightGradient` turns it into the weight's own order. Each sum is one chain in the order of the images and pixels that
    /// goes on from the value in `packed`: two calls on consecutive ranges give the bits of one call on both.
    public func weightGradient(
        images: Range<Int>, _ x: FloatPointer, _ dy: FloatPointer, into packed: MutableFloatPointer,
        scratch: MutableFloatPointer
    ) {
        let padded = paddedInput
        padded.clear(scratch)
        let gradientScratch = scratch + padded.scratchCount
        let panel = gradientScratch + GradientRows.scratchCount(columns: outputChannels)
        for first in Swift.stride(from: images.lowerBound, to: images.upperBound, by: padded.groupSize) {
            let count = min(padded.groupSize, images.upperBound - first)
            padded.fill(scratch, from: x + first * inputCount, count: count)
            let gradient = dy + first * outputCount
            addGroup(outputGrid(images: count), scratch, gradient, packed, gradientScratch, panel)
        }
    }

    /// Adds a packed gradient (outputChannels, 3, 3, inputChannels) to one in the weight's order (outputChannels,
    /// inputChannels, 3, 3), or overwrites it where `accumulate` is false.
    public func addWeightGradient(_ packed: FloatPointer, accumulate: Bool, to gradient: MutableFloatPointer) {
        for output in 0..<outputChannels {
            let source = packed + output * 9 * inputChannels
            let target = gradient + output * 9 * inputChannels
            for input in 0..<inputChannels {
                for tap in 0..<9 {
                    let value = source[tap &* inputChannels &+ input]
                    let index = input &* 9 &+ tap
                    target[index] = accumulate ? target[index] + value : value
                }
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
