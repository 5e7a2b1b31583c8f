/// Transposes eight rows of eight floats, `stride` apart, into eight rows that are `targetStride` apart. Of fewer than
/// eight rows the others count as zeros.
///
/// Three perfect shuffles of the rows: each turns the six bits of an element's (row, column) by one place, so that
/// after three the row and the column have changed places.
@inline(__always)
func transposeEight(
    _ source: FloatPointer, stride: Int, into target: MutableFloatPointer, targetStride: Int, rows count: Int = 8
) {
    var rows = InlineArray<8, Float8> { $0 < count ? load8(source + $0 &* stride) : Float8() }
    for _ in 0..<3 {
        var shuffled = InlineArray<8, Float8>(repeating: Float8())
        for index in 0..<4 {
            let (upper, lower) = (rows[index], rows[index &+ 4])
            shuffled[2 &* index] = interleave(upper.lowHalf, lower.lowHalf)
            shuffled[2 &* index &+ 1] = interleave(upper.highHalf, lower.highHalf)
        }
        rows = shuffled
    }
    for index in 0..<8 { store8(rows[index], target + index &* targetStride) }
}

/// a0, b0, a1, b1, a2, b2, a3, b3.
@inline(__always)
private func interleave(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> Float8 {
    var result = Float8()
    result.evenHalf = a
    result.oddHalf = b
    return result
}
