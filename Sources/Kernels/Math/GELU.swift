// Hendrycks and Gimpel 2016. The exact form is x·Φ(x); the other replaces Φ by a tanh of a cubic.

/// x·Φ(x) = x/2·(1 + erf(x/√2)). Absolute error below 4e-7·max(1, |x|).
@inline(__always)
func geluErf(_ x: Float8) -> Float8 {
    let half = x * splat(0.5)
    return fma(half, errorFunction(x * splat(0.707_106_78)), half)
}

/// d/dx x·Φ(x) = Φ(x) + x·φ(x). Absolute error below 5e-7.
@inline(__always)
func geluErfDerivative(_ x: Float8) -> Float8 {
    let cumulative = fma(errorFunction(x * splat(0.707_106_78)), splat(0.5), splat(0.5))
    let density = exponential(x * x * splat(-0.5)) * splat(0.398_942_28)
    return fma(x, density, cumulative)
}

/// `geluErf` and its derivative, which share the error function; the same bits as each alone.
@inline(__always)
func geluErfWithDerivative(_ x: Float8) -> (value: Float8, derivative: Float8) {
    let error = errorFunction(x * splat(0.707_106_78))
    let half = x * splat(0.5)
    let density = exponential(x * x * splat(-0.5)) * splat(0.398_942_28)
    return (fma(half, error, half), fma(x, density, fma(error, splat(0.5), splat(0.5))))
}

/// x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))). Absolute error below 4e-7·max(1, |x|).
@inline(__always)
func geluTanh(_ x: Float8) -> Float8 {
    let half = x * splat(0.5)
    let inner = x * fma(x * x, splat(0.035_677_408), splat(0.797_884_56))
    return fma(half, hyperbolicTangent(inner), half)
}

/// d/dx of `geluTanh`. With v = √(2/π)·(x + 0.044715·x³), e = exp(-2v) and s = 1/(1 + e), so that geluTanh = x·s:
/// s + x·e·s²·2·dv/dx. Absolute error below 5e-7.
@inline(__always)
func geluTanhDerivative(_ x: Float8) -> Float8 {
    let z = x * x
    let e = exponential(x * fma(z, splat(-0.071_354_816), splat(-1.595_769_1)))
    let s = splat(1) / (splat(1) + e)
    let twiceSlope = fma(z, splat(0.214_064_45), splat(1.595_769_1))
    return fma(x * twiceSlope, e * s * s, s)
}
