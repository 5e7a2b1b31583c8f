import CPrefetch

extension Products {
    /// Multiplies rows by a packed matrix: `y = x·B + bias`, or `y += x·B + bias` with `accumulate`.
    ///
    /// x (rows, depth), B packed (depth, columns), bias (columns), y (rows, columns). Nothing outside these is touched,
    /// whatever the sizes. y must not overlap x.
    public static func multiply(
        rows: Int, columns: Int, depth: Int, _ x: FloatPointer, xStride: Int, packed: FloatPointer, bias: FloatPointer?,
        accumulate: Bool, into y: MutableFloatPointer, yStride: Int
    ) {
        let block = rowsPerBlock(depth: depth)
        for firstRow in stride(from: 0, to: rows, by: block) {
            let count = min(block, rows &- firstRow)
            let source = x + firstRow &* xStride
            let target = y + firstRow &* yStride
            let next = firstRow &+ count
            var ahead = PrefetchedRows(
                x + next &* xStride, stride: xStride, width: depth, count: min(block, rows &- next))
            let tiles = (count &+ tileRows &- 1) / tileRows &* panelCount(columns: columns)
            let linesPerTile = (ahead.lines &+ tiles &- 1) / tiles
            for first in stride(from: 0, to: columns, by: panelColumns) {
                let panel = PanelProduct(
                    panel: packed + first &* depth, depth: depth, columns: min(panelColumns, columns &- first),
                    bias: bias.map { $0 + first }, accumulate: accumulate)
                panel.multiply(
                    rows: count, source, xStride: xStride, into: target + first, yStride: yStride, ahead: &ahead,
                    linesPerTile: linesPerTile)
            }
        }
    }

    /// Rows that stay in the nearest caches while all panels pass over them: about 32 KiB of x, in whole tiles.
    private static func rowsPerBlock(depth: Int) -> Int {
        max(4, 8_192 / (max(depth, 1) * tileRows)) * tileRows
    }
}

/// The product of rows with one packed panel of up to 16 columns.
struct PanelProduct {
    let panel: FloatPointer
    let depth: Int
    let columns: Int
    let bias: FloatPointer?
    let accumulate: Bool

    /// Meanwhile the caches are asked for `linesPerTile` lines of `ahead` a tile, and for where the next tile is stored.
    func multiply(
        rows: Int, _ x: FloatPointer, xStride: Int, into y: MutableFloatPointer, yStride: Int,
        ahead: inout PrefetchedRows, linesPerTile: Int
    ) {
        if columns > 8 {
            multiply(SIMD16<Float>.self, rows, x, xStride, y, yStride, &ahead, linesPerTile)
        } else {
            multiply(SIMD8<Float>.self, rows, x, xStride, y, yStride, &ahead, linesPerTile)
        }
    }

    @inline(__always)
    private func multiply<Lanes: FloatLanes>(
        _ lanes: Lanes.Type, _ rows: Int, _ x: FloatPointer, _ xStride: Int, _ y: MutableFloatPointer, _ yStride: Int,
        _ ahead: inout PrefetchedRows, _ linesPerTile: Int
    ) {
        let offset: Lanes = biasLanes()
        let isWhole = columns >= Lanes.scalarCount && !accumulate
        var row = 0
        while row < rows {
            let count = min(Products.tileRows, rows &- row)
            if rows &- row >= 2 &* Products.tileRows {
                SixDestinations(y + (row &+ Products.tileRows) &* yStride, stride: yStride).prefetch()
            }
            ahead.fetch(linesPerTile)
            var tile = RegisterTile<Lanes>()
            let source = SixRows(x + row &* xStride, stride: xStride, count: count)
            tile.add(source, panel: panel, panelStep: Products.panelColumns, depth: depth)
            if bias != nil { tile.add(offset) }
            if isWhole && count == Products.tileRows {
                tile.store(SixDestinations(y + row &* yStride, stride: yStride))
            } else {
                let target = SixDestinations(y + row &* yStride, stride: yStride, count: count)
                tile.store(target, rows: 0..<count, columns: columns, accumulate: accumulate)
            }
            row &+= Products.tileRows
        }
    }

    @inline(__always)
    private func biasLanes<Lanes: FloatLanes>() -> Lanes {
        guard let bias else { return Lanes() }
        return loadLanes(bias, count: min(columns, Lanes.scalarCount))
    }
}
