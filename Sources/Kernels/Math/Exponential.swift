// Range reduction adds 1.5·2²³, which leaves the nearest whole number in the low bits; shifted by 23 they add to the
// exponent. Lanes that are not a number stay so: comparisons with them are false and the polynomial carries them on.
private let rounding: Float = 12_582_912

/// 2^x for x in [-126, 127]; smaller x give 2^-126. Relative error below 2.5e-7.
///
/// Degree 5 on [-1/2, 1/2]: the decay of the selective scan, where one multiplication less counts.
@inline(__always)
func powerOfTwo(_ value: Float8) -> Float8 {
    let x = maximum(value, splat(-126))
    let shifted = x + splat(rounding)
    let fraction = x - (shifted - splat(rounding))
    var p = fma(splat(1.3400432e-3), fraction, splat(9.6765494e-3))
    p = fma(p, fraction, splat(5.5503174e-2))
    p = fma(p, fraction, splat(2.4022107e-1))
    p = fma(p, fraction, splat(6.9314720e-1))
    p = fma(p, fraction, splat(1))
    return lanes(bits(p) &+ (bits(shifted) &<< 23))
}

/// The reduced argument r and 2^n of x = n·ln 2 + r, with (e^r - 1): Cephes' polynomial.
@inline(__always)
private func reduced(_ value: Float8) -> (exponent: SIMD8<Int32>, expm1: Float8) {
    let x = minimum(maximum(value, splat(-87.33654)), splat(88.37626))
    let shifted = fma(x, splat(1.442_695_04), splat(rounding))
    let n = shifted - splat(rounding)
    var r = fma(n, splat(-0.693_359_375), x)
    r = fma(n, splat(2.121_944_4e-4), r)
    var p = splat(1.987_569_15e-4)
    p = fma(p, r, splat(1.398_199_950_7e-3))
    p = fma(p, r, splat(8.333_451_907_3e-3))
    p = fma(p, r, splat(4.166_579_589_4e-2))
    p = fma(p, r, splat(1.666_666_545_9e-1))
    p = fma(p, r, splat(5.000_000_120_1e-1))
    return (bits(shifted) &<< 23, fma(p, r * r, r))
}

/// e^x, for x clamped to [-87.3, 88.3]. Error below 1.2 units in the last place.
@inline(__always)
func exponential(_ x: Float8) -> Float8 {
    let (exponent, expm1) = reduced(x)
    return lanes(bits(expm1 + splat(1)) &+ exponent)
}

/// e^x - 1 without cancellation at small x. Relative error below 2.5e-7.
@inline(__always)
func exponentialMinusOne(_ x: Float8) -> Float8 {
    let (exponent, expm1) = reduced(x)
    let power = lanes(bits(splat(1)) &+ exponent)
    return fma(expm1, power, power - splat(1))
}
