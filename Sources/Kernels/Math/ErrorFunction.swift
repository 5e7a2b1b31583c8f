/// erf x as a ratio of odd and even polynomials (the ones of Eigen). Absolute error below 5e-7.
@inline(__always)
func errorFunction(_ value: Float8) -> Float8 {
    let x = minimum(maximum(value, splat(-4)), splat(4))
    let z = x * x
    var p = splat(-2.726_142_26e-10)
    p = fma(p, z, splat(2.770_681_42e-08))
    p = fma(p, z, splat(-2.101_024_02e-06))
    p = fma(p, z, splat(-5.692_506_39e-05))
    p = fma(p, z, splat(-7.349_906_30e-04))
    p = fma(p, z, splat(-2.954_599_81e-03))
    p = fma(p, z, splat(-1.609_603_33e-02))
    var q = splat(-1.456_607_18e-05)
    q = fma(q, z, splat(-2.133_740_55e-04))
    q = fma(q, z, splat(-1.682_827_0e-03))
    q = fma(q, z, splat(-7.373_329_17e-03))
    q = fma(q, z, splat(-1.426_473_90e-02))
    return x * p / q
}
