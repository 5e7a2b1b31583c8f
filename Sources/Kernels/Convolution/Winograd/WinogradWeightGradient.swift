/// The weight's gradient of a 3×3 convolution by Winograd's algorithm, the transpose of the forward pass:
/// `dW = Gᵀ·(Σ (A·dy·Aᵀ) ⊙ (Bᵀ·x·B))·G`.
///
/// The sums are kept at the 36 points (36, outputChannels, inputChannels), with a line between two points. Each is one chain in the order of the tiles.
struct WinogradWeightGradient {
    /// The sizes of the convolution's inputs.
    let height: Int
    let width: Int
    let isStrided: Bool
    /// The tiles of its outputs.
    let tiles: WinogradTiles
    /// Both at least eight.
    let inputChannels: Int
    let outputChannels: Int

    /// At most so many tiles are summed up at a time: at stride 2 they have more than twice as many values.
    private var blockCount: Int { isStrided ? 32 : 48 }

    /// From one point's values to the next's: those of a block of tiles without gaps, so that a point's products read one
    /// run of memory, and a line more, so that points don't fall on the same lines of the cache.
    private var inputStep: Int { blockCount * inputChannels + 16 }
    private var outputStep: Int { blockCount * outputChannels + 16 }

    private var inputLayout: StridedLayout { layout(inputChannels) }
    private var outputLayout: StridedLayout { layout(outputChannels) }
    private func layout(_ channels: Int) -> StridedLayout {
        StridedLayout(order: .byWeight(blockCount: blockCount), channels: channels)
    }

    /// Floats of the sums at the points.
    var sumCount: Int { WinogradTiles.pointCount * sumStep }

    /// From one point's sums to the next's: a line more than they take, for the same reason.
    private var sumStep: Int { inputChannels * outputChannels + 16 }

    /// What the transforms take, for the channels of either side.
    private var transformScratchCount: Int {
        let channels = max(inputChannels, outputChannels)
        return isStrided ? StridedInput.scratchCount(channels: channels) : WinogradInput.zeroCount(channels: channels)
    }

    private var inputCount: Int { isStrided ? inputLayout.count : WinogradTiles.pointCount * inputStep }
    private var outputCount: Int { isStrided ? outputLayout.count : WinogradTiles.pointCount * outputStep }

    /// Floats of scratch that `add` takes.
    var scratchCount: Int { transformScratchCount + inputCount + outputCount }

    /// Adds a range of images to `sums`, or begins them with it where `accumulate` is false. x and dy point at image 0 of the whole
    /// batch.
    func add(
        images: Range<Int>, _ x: FloatPointer, _ dy: FloatPointer, accumulate: Bool, to sums: MutableFloatPointer,
        scratch: MutableFloatPointer
    ) {
        if images.isEmpty && !accumulate { sums.update(repeating: 0, count: sumCount) }
        let inputs = scratch + transformScratchCount
        let gradients = inputs + inputCount
        if isStrided {
            addStrided(images, x, dy, accumulate: accumulate, to: sums, scratch, inputs, gradients)
        } else {
            addPlain(images, x, dy, accumulate: accumulate, to: sums, scratch, inputs, gradients)
        }
    }

    private func addPlain(
        _ images: Range<Int>, _ x: FloatPointer, _ dy: FloatPointer, accumulate: Bool, to sums: MutableFloatPointer,
        _ zeros: MutableFloatPointer, _ inputs: MutableFloatPointer, _ gradients: MutableFloatPointer
    ) {
        zeros.update(repeating: 0, count: transformScratchCount)
        let input = WinogradInput(
            tiles: tiles, channels: inputChannels, zeros: zeros, tileStep: inputChannels, pointStep: inputStep)
        let gradient = WinogradInput(
            tiles: tiles, channels: outputChannels, zeros: zeros, tileStep: outputChannels, pointStep: outputStep)
        forEachBlock(images) { inputCursor, gradientCursor, count, next, isFirst in
            input.transform(x, &inputCursor, count: count, into: inputs)
            gradient.transformGradient(dy, &gradientCursor, count: count, into: gradients)
            var ahead = ahead(x, dy, inputCursor, count: next, steps: count)
            for point in 0..<WinogradTiles.pointCount {
                addBlock(
                    inputs + point &* inputStep, gradients + point &* outputStep, count: count, point: point, to: sums,
                    fresh: isFirst && !accumulate, &ahead)
            }
        }
    }

    private func addStrided(
        _ images: Range<Int>, _ x: FloatPointer, _ dy: FloatPointer, accumulate: Bool, to sums: MutableFloatPointer,
        _ scratch: MutableFloatPointer, _ inputs: MutableFloatPointer, _ gradients: MutableFloatPointer
    ) {
        let input = StridedInput(tiles: tiles, height: height, width: width, layout: inputLayout, scratch: scratch)
        let gradient = StridedInput(tiles: tiles, height: height, width: width, layout: outputLayout, scratch: scratch)
        forEachBlock(images) { inputCursor, gradientCursor, count, next, isFirst in
            input.transform(x, &inputCursor, count: count, into: inputs)
            gradient.transformGradient(dy, &gradientCursor, count: count, into: gradients)
            var ahead = ahead(x, dy, inputCursor, count: next, steps: count)
            for row in 0..<WinogradTransform.points {
                for column in 0..<WinogradTransform.points {
                    let (start, perTile) = inputLayout.run(row: row, column: column)
                    addBlock(
                        inputs + start, gradients + outputLayout.run(row: row, column: column).start,
                        count: count &* perTile, point: WinogradTransform.points &* row &+ column, to: sums,
                        fresh: isFirst && !accumulate, &ahead)
                }
            }
        }
    }

    /// Calls `body` for block after block of the images' tiles, with a cursor each for inputs and gradients, which it moves
    /// on, with the number of tiles in the block and in the one behind it, and with whether it is the first.
    @inline(__always)
    private func forEachBlock(
        _ images: Range<Int>,
        _ body: (
            _ inputs: inout WinogradTileCursor, _ gradients: inout WinogradTileCursor, _ count: Int, _ next: Int,
            _ isFirst: Bool
        ) -> Void
    ) {
        var inputCursor = WinogradTileCursor(tiles, image: images.lowerBound)
        var gradientCursor = inputCursor
        let total = images.count * tiles.count
        let blocks = (total &+ blockCount &- 1) / blockCount
        func start(_ block: Int) -> Int { min(block, blocks) &* total / blocks }
        for block in 0..<blocks {
            let (first, next) = (start(block), start(block &+ 1))
            body(&inputCursor, &gradientCursor, next &- first, start(block &+ 2) &- next, block == 0)
        }
    }

    /// What `count` tiles from the cursor's place on read, to be asked for while a block of `steps` tiles is summed.
    private func ahead(
        _ x: FloatPointer, _ dy: FloatPointer, _ cursor: WinogradTileCursor, count: Int, steps: Int
    ) -> PrefetchedBlock {
        let inputs = TileSource(
            images: x, height: height, width: width, channels: inputChannels, tiles: tiles, scale: isStrided ? 2 : 1
        ).run(cursor, count: count)
        let gradients = TileSource(
            images: dy, height: tiles.height, width: tiles.width, channels: outputChannels, tiles: tiles, scale: 1
        ).run(cursor, count: count)
        let sumsOfPoint =
            (outputChannels + Products.tileRows - 1) / Products.tileRows * Products.panelCount(columns: inputChannels)
        return PrefetchedBlock(
            x: inputs.first, xCount: inputs.floats, dy: gradients.first, dyCount: gradients.floats,
            tiles: WinogradTiles.pointCount * sumsOfPoint, steps: steps)
    }

    /// Adds the products of `count` values at one point to its sums (outputChannels, inputChannels).
    private func addBlock(
        _ inputs: FloatPointer, _ gradients: FloatPointer, count: Int, point: Int, to sums: MutableFloatPointer,
        fresh: Bool, _ ahead: inout PrefetchedBlock
    ) {
        let target = sums + point &* sumStep
        for row in stride(from: 0, to: count, by: GradientRows.blockRows) {
            let rows = GradientRows(
                inPlace: gradients + row &* outputChannels, stride: outputChannels, columns: outputChannels)
            for first in stride(from: 0, to: inputChannels, by: Products.panelColumns) {
                let outer = OuterPanel(
                    panel: inputs + (row &* inputChannels &+ first), step: inputChannels,
                    lanes: min(Products.panelColumns, inputChannels &- first),
                    rows: min(GradientRows.blockRows, count &- row))
                outer.add(rows, into: target + first, stride: inputChannels, fresh: fresh && row == 0, ahead: &ahead)
            }
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
        let step = sumStep
        let rowStep = WinogradTransform.points &* step
        @inline(__always)
        func transform(_ values: SixValues<Float8>) -> ThreeValues<Float8> {
            isStrided ? StridedTransform.weightGradient(values) : WinogradTransform.weightGradient(values)
        }
        @inline(__always)
        func column(_ index: Int) -> ThreeValues<Float8> { transform(SixValues(sums + index &* step, step: rowStep)) }
        let (c0, c1, c2, c3, c4, c5) = (column(0), column(1), column(2), column(3), column(4), column(5))
        let row0 = SixValues(c0.value0, c1.value0, c2.value0, c3.value0, c4.value0, c5.value0)
        let row1 = SixValues(c0.value1, c1.value1, c2.value1, c3.value1, c4.value1, c5.value1)
        let row2 = SixValues(c0.value2, c1.value2, c2.value2, c3.value2, c4.value2, c5.value2)
        NineTaps(transform(row0), transform(row1), transform(row2))
            .put(skipping: skipped, accumulate: accumulate, to: gradient)
    }
}
