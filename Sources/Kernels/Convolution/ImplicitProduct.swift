/// A convolution as a product of pixels with packed weights, read straight from padded images.
///
/// The depth of a pixel's sum is `runs` runs of `runLength` contiguous floats, `runStride` floats apart: for a forward pass
/// three image rows of 3·C floats.
struct ImplicitProduct {
    let grid: PixelGrid
    let runs: Int
    let runLength: Int
    let runStride: Int
    let columns: Int
    let bias: FloatPointer?
    /// Adds to what is in the target instead of overwriting it.
    let accumulate: Bool

    /// Computes every pixel of the grid from `source` into `target`; weights packed as by `Products.pack`.
    func multiply(_ source: FloatPointer, packed: FloatPointer, into target: MutableFloatPointer) {
        guard grid.pixelCount > 0 else { return }
        let depth = runs &* runLength
        for first in stride(from: 0, to: columns, by: Products.panelColumns) {
            let panel = packed + first &* depth
            let count = min(Products.panelColumns, columns &- first)
            if count > 8 {
                multiply(SIMD16<Float>.self, source, panel, target, first, count)
            } else {
                multiply(SIMD8<Float>.self, source, panel, target, first, count)
            }
        }
    }

    @inline(__always)
    private func multiply<Lanes: FloatLanes>(
        _ type: Lanes.Type, _ source: FloatPointer, _ panel: FloatPointer, _ target: MutableFloatPointer, _ first: Int,
        _ count: Int
    ) {
        var offset = Lanes()
        if let bias { offset = loadLanes(bias + first, count: min(count, Lanes.scalarCount)) }
        let pixels = grid.pixelCount
        // Longer sums leave the caches time enough.
        let prefetches = runs &* runLength <= 256
        var cursor = PixelCursor(grid, at: 0)
        var pixel = 0
        while pixel < pixels {
            let rows = min(Products.tileRows, pixels &- pixel)
            var places = SixPixels(&cursor, rows: rows, grid, source, target + first)
            if prefetches { prefetch(after: places.targets.row0) }
            var tile = RegisterTile<Lanes>()
            var weights = panel
            for _ in 0..<runs {
                tile.add(places.sources, panel: weights, panelStep: Products.panelColumns, depth: runLength)
                weights += runLength &* Products.panelColumns
                places.sources.advance(by: runStride)
            }
            if bias != nil { tile.add(offset) }
            tile.store(places.targets, rows: 0..<rows, columns: count, accumulate: accumulate)
            pixel &+= Products.tileRows
        }
    }
}

extension ImplicitProduct {
    /// Asks the caches for where the next tile is stored, if it goes on in the same row.
    @inline(__always)
    private func prefetch(after target: MutableFloatPointer) {
        let step = grid.target.column
        SixDestinations(target + Products.tileRows &* step, stride: step, count: Products.tileRows).prefetch()
    }
}

/// The addresses of up to six consecutive pixels.
private struct SixPixels {
    var sources: SixRows
    var targets: SixDestinations

    /// Takes the next `rows` pixels from the cursor.
    @inline(__always)
    init(
        _ cursor: inout PixelCursor, rows: Int, _ grid: PixelGrid, _ source: FloatPointer, _ target: MutableFloatPointer
    ) {
        let firstSource = source + cursor.sourceOffset
        let firstTarget = target + cursor.targetOffset
        sources = SixRows(firstSource, stride: grid.source.column, count: rows)
        targets = SixDestinations(firstTarget, stride: grid.target.column, count: rows)
        if cursor.remainingInRow >= rows {
            cursor.advanceInRow(rows)
            return
        }
        let last = rows &- 1
        cursor.advance()
        (sources.row1, targets.row1) = (source + cursor.sourceOffset, target + cursor.targetOffset)
        if last > 1 { cursor.advance() }
        (sources.row2, targets.row2) = (source + cursor.sourceOffset, target + cursor.targetOffset)
        if last > 2 { cursor.advance() }
        (sources.row3, targets.row3) = (source + cursor.sourceOffset, target + cursor.targetOffset)
        if last > 3 { cursor.advance() }
        (sources.row4, targets.row4) = (source + cursor.sourceOffset, target + cursor.targetOffset)
        if last > 4 { cursor.advance() }
        (sources.row5, targets.row5) = (source + cursor.sourceOffset, target + cursor.targetOffset)
        cursor.advance()
    }
}
