/// The weight's gradient of a convolution of few input channels, such as the stem's: sums `window · dy` over pixels, with the
/// output channels in the lanes.
///
/// The other way round, with the 9·C window values in the lanes, three channels would fill 27 of 32 and have to be copied
/// next to each other for each pixel. The sums are (9·C, outputChannels); each is one chain in the order of the pixels.
struct NarrowWeightGradient {
    /// Output pixels; sources are places in padded inputs, targets are not used.
    let grid: PixelGrid
    /// Values of a window, in runs of `runLength` that lie `runStride` apart; at least six.
    let windowCount: Int
    let runLength: Int
    let runStride: Int
    /// Whole vectors of eight.
    let outputChannels: Int

    /// Pixels summed at a time: their gradients stay in the nearest cache while all windows pass over them.
    private static let blockPixels = 128

    /// Adds the pixels of the grid to the sums.
    func add(_ padded: FloatPointer, _ dy: FloatPointer, to sums: MutableFloatPointer) {
        let lines = grid.images * grid.rows
        let blockLines = max(1, Self.blockPixels / grid.columns)
        for line in stride(from: 0, to: lines, by: blockLines) {
            let block = line..<min(line + blockLines, lines)
            // The gradients of the next block are asked for while this one is summed.
            let next = block.count * grid.columns * outputChannels
            let tiles =
                (windowCount + Products.tileRows - 1) / Products.tileRows * Products.panelCount(columns: outputChannels)
            var ahead = PrefetchedBlock(
                x: dy + block.upperBound * grid.columns * outputChannels, xCount: next, dy: dy, dyCount: 0,
                tiles: tiles * block.count, steps: grid.columns)
            for channel in stride(from: 0, to: outputChannels, by: Products.panelColumns) {
                if outputChannels - channel >= Products.panelColumns {
                    add(SIMD16<Float>.self, padded, dy, block, channel, sums, &ahead)
                } else {
                    add(SIMD8<Float>.self, padded, dy, block, channel, sums, &ahead)
                }
            }
        }
    }

    @inline(__always)
    private func add<Lanes: FloatLanes>(
        _ type: Lanes.Type, _ padded: FloatPointer, _ dy: FloatPointer, _ lines: Range<Int>, _ channel: Int,
        _ sums: MutableFloatPointer, _ ahead: inout PrefetchedBlock
    ) {
        for window in stride(from: 0, to: windowCount, by: Products.tileRows) {
            // The last group reaches back into values that are done: they are summed again, but not stored.
            let first = min(window, windowCount &- Products.tileRows)
            let target = SixDestinations(
                sums + (first &* outputChannels &+ channel), stride: outputChannels, count: Products.tileRows)
            var tile = RegisterTile<Lanes>()
            tile.load(target, columns: Lanes.scalarCount)
            for line in lines {
                let (image, row) = line.quotientAndRemainder(dividingBy: grid.rows)
                let place = padded + (image &* grid.source.image &+ row &* grid.source.row)
                let next = ahead.next()
                tile.addOuter(
                    sixValues(place, first), valueStep: grid.source.column,
                    panel: dy + (line &* grid.columns &* outputChannels &+ channel), panelStep: outputChannels,
                    count: grid.columns, ahead: next.values, aheadStep: next.step)
            }
            tile.store(
                target, rows: (window &- first)..<Products.tileRows, columns: Lanes.scalarCount, accumulate: false)
        }
    }

    /// Six values of a pixel's window.
    @inline(__always)
    private func sixValues(_ place: FloatPointer, _ first: Int) -> SixRows {
        var rows = SixRows(place, stride: 0, count: 1)
        rows.row0 += offset(first)
        rows.row1 += offset(first &+ 1)
        rows.row2 += offset(first &+ 2)
        rows.row3 += offset(first &+ 3)
        rows.row4 += offset(first &+ 4)
        rows.row5 += offset(first &+ 5)
        return rows
    }

    @inline(__always)
    private func offset(_ value: Int) -> Int {
        let (run, rest) = value.quotientAndRemainder(dividingBy: runLength)
        return run &* runStride &+ rest
    }
}
