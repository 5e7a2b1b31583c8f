/// The weight's gradient of a 3×3 convolution of stride 1 by Winograd's F(4×4, 3×3), the transpose of the forward
/// pass: `dW = Gᵀ·(Σ (A·dy·Aᵀ) ⊙ (Bᵀ·x·B))·G`.
///
/// The sums are kept at the 36 points (36, outputChannels, inputChannels). Each is one chain in the order of the tiles.
struct WinogradWeightGradient {
    let tiles: WinogradTiles
    /// Both at least eight.
    let inputChannels: Int
    let outputChannels: Int

    /// Tiles summed up at a time.
    static let blockCount = 48

    /// From one point's values to the next's: those of a block of tiles without gaps, so that a point's products read one
    /// run of memory, and a line more, so that points don't fall on the same lines of the cache.
    private var inputStep: Int { Self.blockCount * inputChannels + 16 }
    private var outputStep: Int { Self.blockCount * outputChannels + 16 }
    private var zeroCount: Int { WinogradInput.zeroCount(channels: max(inputChannels, outputChannels)) }

    /// Floats of the sums at the points.
    var sumCount: Int { WinogradTiles.pointCount * inputChannels * outputChannels }

    /// Floats of scratch that `add` takes.
    var scratchCount: Int { zeroCount + WinogradTiles.pointCount * (inputStep + outputStep) }

    /// Adds a range of images to `sums`. x and dy point at image 0 of the whole batch.
    func add(
        images: Range<Int>, _ x: FloatPointer, _ dy: FloatPointer, to sums: MutableFloatPointer,
        scratch: MutableFloatPointer
    ) {
        scratch.update(repeating: 0, count: zeroCount)
        let inputs = scratch + zeroCount
        let gradients = inputs + WinogradTiles.pointCount * inputStep
        let input = WinogradInput(
            tiles: tiles, channels: inputChannels, zeros: scratch, tileStep: inputChannels, pointStep: inputStep)
        let gradient = WinogradInput(
            tiles: tiles, channels: outputChannels, zeros: scratch, tileStep: outputChannels, pointStep: outputStep)
        var inputCursor = WinogradTileCursor(tiles, image: images.lowerBound)
        var gradientCursor = inputCursor
        let total = images.count * tiles.count
        for first in stride(from: 0, to: total, by: Self.blockCount) {
            let count = min(Self.blockCount, total &- first)
            input.transform(x, &inputCursor, count: count, into: inputs)
            gradient.transformGradient(dy, &gradientCursor, count: count, into: gradients)
            for point in 0..<WinogradTiles.pointCount {
                addBlock(
                    inputs + point &* inputStep, gradients + point &* outputStep, count: count,
                    to: sums + point &* inputChannels &* outputChannels)
            }
        }
    }

    /// Adds the products of a block of tiles at one point to the sums (outputChannels, inputChannels).
    private func addBlock(
        _ inputs: FloatPointer, _ gradients: FloatPointer, count: Int, to sums: MutableFloatPointer
    ) {
        let rows = GradientRows(inPlace: gradients, stride: outputChannels, columns: outputChannels)
        for first in stride(from: 0, to: inputChannels, by: Products.panelColumns) {
            let outer = OuterPanel(
                panel: inputs + first, step: inputChannels, lanes: min(Products.panelColumns, inputChannels &- first),
                rows: count)
            outer.add(rows, into: sums + first, stride: inputChannels, fresh: false)
        }
    }

    /// Turns the sums at the points into the weight's order (outputChannels, inputChannels, 3, 3), added to what is there
    /// or overwriting it.
    func transform(_ sums: FloatPointer, accumulate: Bool, to gradient: MutableFloatPointer) {
        for output in 0..<outputChannels {
            for channel in stride(from: 0, to: inputChannels, by: 8) {
                // The last vector reaches back into channels that are done: they are computed again, but not stored.
                let first = min(channel, inputChannels &- 8)
                let place = output &* inputChannels &+ first
                let skipped = channel &- first
                put(sums + place, skipping: skipped, accumulate: accumulate, to: gradient + 9 &* place)
            }
        }
    }

    /// Transforms eight channels and spreads them over the weight, nine taps each.
    @inline(__always)
    private func put(
        _ sums: FloatPointer, skipping skipped: Int, accumulate: Bool, to gradient: MutableFloatPointer
    ) {
        let step = inputChannels &* outputChannels
        let rowStep = WinogradTransform.points &* step
        @inline(__always)
        func column(_ index: Int) -> ThreeValues<Float8> {
            WinogradTransform.weightGradient(SixValues(sums + index &* step, step: rowStep))
        }
        @inline(__always)
        func spread(_ values: ThreeValues<Float8>, _ tap: Int) {
            for lane in skipped..<8 {
                let target = gradient + (9 &* lane &+ tap)
                target[0] = accumulate ? target[0] + values.value0[lane] : values.value0[lane]
                target[1] = accumulate ? target[1] + values.value1[lane] : values.value1[lane]
                target[2] = accumulate ? target[2] + values.value2[lane] : values.value2[lane]
            }
        }
        let (c0, c1, c2, c3, c4, c5) = (column(0), column(1), column(2), column(3), column(4), column(5))
        let row0 = SixValues(c0.value0, c1.value0, c2.value0, c3.value0, c4.value0, c5.value0)
        let row1 = SixValues(c0.value1, c1.value1, c2.value1, c3.value1, c4.value1, c5.value1)
        let row2 = SixValues(c0.value2, c1.value2, c2.value2, c3.value2, c4.value2, c5.value2)
        spread(WinogradTransform.weightGradient(row0), 0)
        spread(WinogradTransform.weightGradient(row1), 3)
        spread(WinogradTransform.weightGradient(row2), 6)
    }
}
