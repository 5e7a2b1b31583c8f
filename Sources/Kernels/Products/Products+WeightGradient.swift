extension Products {
    /// Up to this many floats from row to row of dy, `weightGradient` reads it in place: wider, the rows of a group of columns
    /// fall on too few lines of the first-level cache, and it copies them.
    public static let widestGradientInPlace = 256

    /// The floats of scratch that `weightGradient` takes for `columns` columns of a dy whose rows are `stride` floats apart.
    public static func weightGradientScratchCount(columns: Int, stride: Int) -> Int {
        GradientRows.scratchCount(columns: columns, stride: stride) + GradientRows.blockRows * panelColumns
    }

    /// Computes the gradient of a linear layer's weight: `dW = dyᵀ·x`, or `dW += dyᵀ·x` with `accumulate`.
    ///
    /// dy (rows, columns), x (rows, depth), dW (columns, depth), with their strides. Where `sums` (columns) is given, dy's
    /// columns, or those that `summed` names, are added to it on the way: the bias's gradient. Each sum is one chain in the order of the rows that goes on from dW's
    /// value: two calls on consecutive rows give the bits of one call on all of them.
    public static func weightGradient(
        rows: Int, columns: Int, depth: Int, _ dy: FloatPointer, dyStride: Int, _ x: FloatPointer, xStride: Int,
        accumulate: Bool, into dW: MutableFloatPointer, dWStride: Int, sums: MutableFloatPointer? = nil,
        summed: Range<Int>? = nil, scratch: MutableFloatPointer
    ) {
        if rows == 0 && !accumulate {
            for column in 0..<columns { (dW + column * dWStride).update(repeating: 0, count: depth) }
        }
        let panel = scratch + GradientRows.scratchCount(columns: columns, stride: dyStride)
        var gradient = GradientRows(dy, stride: dyStride, columns: columns, scratch: scratch)
        for row in stride(from: 0, to: rows, by: GradientRows.blockRows) {
            let count = min(GradientRows.blockRows, rows &- row)
            gradient.select(dy, row: row, count: count)
            if let sums {
                let summed = summed ?? 0..<columns
                columnSums(
                    rows: count, columns: summed.count, dy + (row &* dyStride &+ summed.lowerBound), stride: dyStride,
                    accumulate: true, into: sums + summed.lowerBound)
            }
            let next = row &+ count
            let nextCount = min(GradientRows.blockRows, rows &- next)
            var ahead = PrefetchedBlock(
                x: x + next &* xStride, xStride: xStride, depth: depth, dy: dy + next &* dyStride, dyStride: dyStride,
                columns: columns, rows: nextCount,
                tiles: (columns &+ tileRows &- 1) / tileRows &* panelCount(columns: depth), steps: count)
            for first in stride(from: 0, to: depth, by: panelColumns) {
                let lanes = min(panelColumns, depth &- first)
                let inputs = x + (row &* xStride &+ first)
                let inPlace = lanes == panelColumns && xStride <= widestPanelInPlace
                if !inPlace { copyPanel(inputs, stride: xStride, lanes: lanes, rows: count, to: panel) }
                let outer = OuterPanel(
                    panel: inPlace ? inputs : FloatPointer(panel), step: inPlace ? xStride : panelColumns, lanes: lanes,
                    rows: count)
                outer.add(
                    gradient, into: dW + first, stride: dWStride, fresh: row == 0 && !accumulate,
                    ahead: &ahead)
            }
        }
    }

    /// Up to this many floats from row to row a panel is read in place: 256 rows of it then still fit a first-level cache.
    private static let widestPanelInPlace = 32

    /// Copies up to 16 columns of each row next to each other, filled up with zeros.
    private static func copyPanel(
        _ source: FloatPointer, stride: Int, lanes: Int, rows: Int, to target: MutableFloatPointer
    ) {
        var source = source
        var target = target
        for _ in 0..<rows {
            if lanes == panelColumns {
                let values: SIMD16<Float> = loadVector(source)
                storeVector(values, target)
            } else {
                for lane in 0..<panelColumns { target[lane] = lane < lanes ? source[lane] : 0 }
            }
            source += stride
            target += panelColumns
        }
    }
}
