extension Products {
    /// Sums each column over the rows: `sums = Σ_m dy[m, :]`, or `sums += …` with `accumulate` (a bias's gradient).
    ///
    /// Each sum is one chain in the order of the rows that goes on from the value in `sums`.
    public static func columnSums(
        rows: Int, columns: Int, _ dy: FloatPointer, stride dyStride: Int, accumulate: Bool,
        into sums: MutableFloatPointer
    ) {
        if !accumulate { sums.update(repeating: 0, count: columns) }
        let whole = columns - columns % panelColumns
        for column in stride(from: 0, to: whole, by: panelColumns) {
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
}
