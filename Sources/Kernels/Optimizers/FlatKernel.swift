/// Passes over flat arrays of parameters or gradients.
public enum FlatKernel {
    /// Σ x², added up in pieces of 256 numbers and then in double precision: the bits depend on the range alone.
    public static func sumOfSquares(_ x: FloatPointer, range: Range<Int>) -> Double {
        var total = 0.0
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 256) {
            var squares = Float8()
            forEachLanes(min(256, range.upperBound - start)) { index, lanes in
                let value = load8(x + start + index, lanes: lanes)
                squares = fma(value, value, squares)
            }
            total += Double(sum(squares))
        }
        return total
    }

    /// The exponential moving average a ← d·a + (1 - d)·w.
    public static func average(
        _ average: MutableFloatPointer, _ values: FloatPointer, decay: Float, range: Range<Int>
    ) {
        let (keep, take) = (splat(decay), splat(1 - decay))
        forEachLanes(range.count) { index, lanes in
            let i = range.lowerBound + index
            let old = keep * load8(FloatPointer(average + i), lanes: lanes)
            store8(fma(take, load8(values + i, lanes: lanes), old), average + i, lanes: lanes)
        }
    }
}
