#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension RandomGenerator {
    /// A standard normal number by the Box–Muller transform, in double precision.
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - doubleUniform())).squareRoot()
        return radius * cos(2 * .pi * doubleUniform())
    }

    /// A number in [0, 1) with 53 random bits.
    public mutating func doubleUniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }
}
