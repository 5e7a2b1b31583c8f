/// Eight Float32 lanes: one AVX register, or two of NEON.
typealias Float8 = SIMD8<Float>

/// Reads eight floats from an address of any alignment.
@inline(__always)
func load8(_ address: FloatPointer) -> Float8 { loadVector(address) }

/// Reads eight floats from an address of any alignment.
@inline(__always)
func load8(_ address: MutableFloatPointer) -> Float8 { loadVector(address) }

/// Writes eight floats to an address of any alignment.
@inline(__always)
func store8(_ value: Float8, _ address: MutableFloatPointer) { storeVector(value, address) }

/// Reads the first `lanes` floats only, at most eight; the other lanes are zero.
@inline(__always)
func load8(_ address: FloatPointer, lanes: Int) -> Float8 {
    if lanes >= 8 { return load8(address) }
    var value = Float8()
    for lane in 0..<lanes {
        value[lane] = address[lane]
    }
    return value
}

/// Writes the first `lanes` floats only, at most eight.
@inline(__always)
func store8(_ value: Float8, _ address: MutableFloatPointer, lanes: Int) {
    if lanes >= 8 { return store8(value, address) }
    for lane in 0..<lanes {
        address[lane] = value[lane]
    }
}

/// Writes the first `lanes` floats, or adds to what is there.
@inline(__always)
func put8(_ value: Float8, _ address: MutableFloatPointer, lanes: Int, adding: Bool) {
    store8(adding ? value + load8(FloatPointer(address), lanes: lanes) : value, address, lanes: lanes)
}

/// The same number in all lanes.
@inline(__always)
func splat(_ value: Float) -> Float8 { Float8(repeating: value) }

/// a·b + c with one rounding.
@inline(__always)
func fma(_ a: Float8, _ b: Float8, _ c: Float8) -> Float8 { c.addingProduct(a, b) }

/// The larger of two numbers in each lane; `a` where either is not a number.
@inline(__always)
func maximum(_ a: Float8, _ b: Float8) -> Float8 { a.replacing(with: b, where: a .< b) }

/// The smaller of two numbers in each lane; `a` where either is not a number.
@inline(__always)
func minimum(_ a: Float8, _ b: Float8) -> Float8 { a.replacing(with: b, where: a .> b) }

/// The sum of the lanes as a halving tree: ((0+4)+(2+6)) + ((1+5)+(3+7)).
@inline(__always)
func sum(_ value: Float8) -> Float {
    let four = value.lowHalf + value.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
}

/// The largest lane, by the same halving tree.
@inline(__always)
func largest(_ value: Float8) -> Float {
    let (low, high) = (value.lowHalf, value.highHalf)
    let four = low.replacing(with: high, where: low .< high)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.lowHalf .< four.highHalf)
    return two.x < two.y ? two.y : two.x
}

/// The bits of each lane.
@inline(__always)
func bits(_ value: Float8) -> SIMD8<Int32> { unsafeBitCast(value, to: SIMD8<Int32>.self) }

/// The lanes that have these bits.
@inline(__always)
func lanes(_ bits: SIMD8<Int32>) -> Float8 { unsafeBitCast(bits, to: Float8.self) }

/// `count` rounded up to a multiple of eight.
@inline(__always)
func roundedToEight(_ count: Int) -> Int { (count + 7) & ~7 }

/// One in the first `count` lanes, zero in the others.
@inline(__always)
func mask(_ count: Int) -> Float8 {
    splat(1).replacing(with: Float8(), where: SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) .>= splat(Float(count)))
}
