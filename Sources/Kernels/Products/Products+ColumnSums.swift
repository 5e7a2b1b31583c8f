extension Products {
    /// Sums each column over the rows: `sums = Σ_m dy[m, :]`, or `sums += …` with `accumulate` (a bias's gradient).
    ///
    /// Each sum is one chain in the order of the rows that goes on from the value in `sums`.
    public static func columnSums(
        rows: Int, columns: Int, _ dy: FloatPointer, stride dyStride: Int, accumulate: Bool,
        into sums: MutableFloatPointer
    ) {
        if !accumulate { sums.update(repeating: 0, count: columns) }
        let wide = columns - columns % (4 * panelColumns)
        for column in stride(from: 0, to: wide, by: 4 * panelColumns) {
            sumFourPanels(rows: rows, dy + column, stride: dyStride, into: sums + column)
        }
        let whole = columns - columns % panelColumns
        for column in stride(from: wide, to: whole, by: panelColumns) {
            var total: SIMD16<Float> = loadVector(sums + column)
            var source = dy + column
            for _ in 0..<rows {
                let values: SIMD16<Float> = loadVector(source)
                total += values
                source += dyStride
            }
            storeVector(total, sums + column)
        }
        for column in whole..<columns {
            var total = sums[column]
            var source = dy + column
            for _ in 0..<rows {
                total += source.pointee
                source += dyStride
            }
            sums[column] = total
        }
    }
    /// The same for 64 columns side by side, so that their chains of additions overlap.
    @inline(__always)
    private static func sumFourPanels(
        rows: Int, _ dy: FloatPointer, stride: Int, into sums: MutableFloatPointer
    ) {
        var (a, b, c, d): (SIMD16<Float>, SIMD16<Float>, SIMD16<Float>, SIMD16<Float>) = (
            loadVector(sums), loadVector(sums + 16), loadVector(sums + 32), loadVector(sums + 48)
        )
        var source = dy
        for _ in 0..<rows {
            a += loadVector(source)
            b += loadVector(source + 16)
            c += loadVector(source + 32)
            d += loadVector(source + 48)
            source += stride
        }
        storeVector(a, sums)
        storeVector(b, sums + 16)
        storeVector(c, sums + 32)
        storeVector(d, sums + 48)
    }
}
