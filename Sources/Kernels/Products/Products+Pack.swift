extension Products {
    /// The floats that a packed right-hand matrix of `depth` rows and `columns` columns takes.
    public static func packedCount(columns: Int, depth: Int) -> Int {
        (columns + panelColumns - 1) / panelColumns * panelColumns * depth
    }

    /// Packs a weight W (columns, depth) for `y = x·Wᵀ`.
    ///
    /// The packed form is (columns/16, depth, 16), the last panel filled up with zeros.
    public static func packTransposed(
        columns: Int, depth: Int, _ weight: FloatPointer, stride: Int, into packed: MutableFloatPointer
    ) {
        packTransposed(
            panels: 0..<panelCount(columns: columns), columns: columns, depth: depth, weight, stride: stride,
            into: packed)
    }

    /// The panels that a packed right-hand matrix of `columns` columns consists of.
    public static func panelCount(columns: Int) -> Int { (columns + panelColumns - 1) / panelColumns }

    /// Packs some of the panels, so that threads can share the work.
    public static func packTransposed(
        panels: Range<Int>, columns: Int, depth: Int, _ weight: FloatPointer, stride: Int,
        into packed: MutableFloatPointer
    ) {
        for index in panels {
            let first = index * panelColumns
            let panel = packed + first * depth
            let lanes = min(panelColumns, columns - first)
            let rows = weight + first * stride
            let whole = lanes == panelColumns ? depth - depth % 8 : 0
            for step in Swift.stride(from: 0, to: whole, by: 8) {
                let target = panel + step &* panelColumns
                transposeEight(rows + step, stride: stride, into: target, targetStride: panelColumns)
                transposeEight(
                    rows + (step &+ 8 &* stride), stride: stride, into: target + 8, targetStride: panelColumns)
            }
            for lane in 0..<panelColumns {
                let row = rows + lane * stride
                for step in whole..<depth { panel[step &* panelColumns &+ lane] = lane < lanes ? row[step] : 0 }
            }
        }
    }

    /// Packs a matrix B (depth, columns) for `y = x·B`; with a linear layer's weight it gives `dx = dy·W`.
    ///
    /// The packed form is (columns/16, depth, 16), the last panel filled up with zeros.
    public static func pack(
        columns: Int, depth: Int, _ matrix: FloatPointer, stride: Int, into packed: MutableFloatPointer
    ) {
        pack(
            panels: 0..<panelCount(columns: columns), columns: columns, depth: depth, matrix, stride: stride,
            into: packed)
    }

    /// Packs some of the panels, so that threads can share the work.
    public static func pack(
        panels: Range<Int>, columns: Int, depth: Int, _ matrix: FloatPointer, stride: Int,
        into packed: MutableFloatPointer
    ) {
        for index in panels {
            let first = index * panelColumns
            let count = min(panelColumns, columns - first)
            for step in 0..<depth {
                let row = matrix + (step &* stride &+ first)
                let lanes: SIMD16<Float> = count == panelColumns ? loadVector(row) : loadLanes(row, count: count)
                storeVector(lanes, packed + (first &* depth &+ step &* panelColumns))
            }
        }
    }
}
