/// tanh x as a ratio of odd and even polynomials (the ones of Eigen). Absolute error below 4e-7.
@inline(__always)
func hyperbolicTangent(_ value: Float8) -> Float8 {
    let x = minimum(maximum(value, splat(-7.905_311_1)), splat(7.905_311_1))
    let z = x * x
    var p = splat(-2.760_768_48e-16)
    p = fma(p, z, splat(2.000_187_90e-13))
    p = fma(p, z, splat(-8.604_671_52e-11))
    p = fma(p, z, splat(5.122_297_09e-08))
    p = fma(p, z, splat(1.485_722_36e-05))
    p = fma(p, z, splat(6.372_619_29e-04))
    p = fma(p, z, splat(4.893_524_56e-03))
    var q = splat(1.198_258_39e-06)
    q = fma(q, z, splat(1.185_347_06e-04))
    q = fma(q, z, splat(2.268_434_63e-03))
    q = fma(q, z, splat(4.893_525_19e-03))
    return x * p / q
}
