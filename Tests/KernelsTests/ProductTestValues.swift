/// Repeatable values in −1…1 for the tests of products and convolutions.
func testValues(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
    }
}

/// The largest difference between values and their slow twin, relative to the twin's root mean square.
func relativeError(_ values: [Float], _ twin: [Double]) -> Double {
    precondition(values.count == twin.count, "\(values.count) values beside \(twin.count)")
    let scale = (twin.reduce(0) { $0 + $1 * $1 } / Double(max(twin.count, 1))).squareRoot()
    let largest = zip(values, twin).reduce(0.0) { largest, pair in
        let difference = abs(Double(pair.0) - pair.1)
        return difference.isNaN ? .infinity : max(largest, difference)
    }
    return scale == 0 ? largest : largest / scale
}

/// The root of the mean squared difference, relative to the root of the twin's mean square.
func rootMeanSquareError(_ values: ArraySlice<Float>, _ twin: [Double]) -> Double {
    precondition(values.count == twin.count, "\(values.count) values beside \(twin.count)")
    let squares = zip(values, twin).reduce(0.0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
    return (squares / twin.reduce(0) { $0 + $1 * $1 }).squareRoot()
}

/// A value no kernel computes; memory that must stay untouched is filled with it.
let untouched: Float = -12_345.5
