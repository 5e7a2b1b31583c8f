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
        for first in Swift.stride(from: 0, to: columns, by: panelColumns) {
            let panel = packed + first * depth
            for lane in 0..<panelColumns {
                let row = weight + (first + lane) * stride
                if first + lane < columns {
                    for step in 0..<depth { panel[step &* panelColumns &+ lane] = row[step] }
                } else {
                    for step in 0..<depth { panel[step &* panelColumns &+ lane] = 0 }
                }
            }
        }
    }

    /// Packs a matrix B (depth, columns) for `y = x·B`; with a linear layer's weight it gives `dx = dy·W`.
    ///
    /// The packed form is (columns/16, depth, 16), the last panel filled up with zeros.
    public static func pack(
        columns: Int, depth: Int, _ matrix: FloatPointer, stride: Int, into packed: MutableFloatPointer
    ) {
        for first in Swift.stride(from: 0, to: columns, by: panelColumns) {
            let count = min(panelColumns, columns - first)
            for step in 0..<depth {
                let row = matrix + (step &* stride &+ first)
                let lanes: SIMD16<Float> = count == panelColumns ? loadVector(row) : loadLanes(row, count: count)
                storeVector(lanes, packed + (first &* depth &+ step &* panelColumns))
            }
        }
    }
}
