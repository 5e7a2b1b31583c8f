import Randomness

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The distribution Beta(α, α) on (0, 1), as mixup draws its shares (Zhang et al. 2018, arXiv 1710.09412).
struct BetaDistribution: Hashable, Sendable {
    let alpha: Double

    /// One number: X/(X + Y) for two Gamma(α) numbers, in logarithms so that a small α can't give 0/0.
    func draw(_ generator: inout RandomGenerator) -> Double {
        let first = logarithmOfGamma(&generator)
        let second = logarithmOfGamma(&generator)
        return 1 / (1 + exp(second - first))
    }

    /// log of a Gamma(α, 1) number by Marsaglia and Tsang (2000); for α < 1 from α + 1 and one uniform number.
    private func logarithmOfGamma(_ generator: inout RandomGenerator) -> Double {
        let shape = alpha < 1 ? alpha + 1 : alpha
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = generator.normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if log(1 - generator.doubleUniform()) < 0.5 * x * x + d - d * v + d * log(v) {
                let boost = alpha < 1 ? log(1 - generator.doubleUniform()) / alpha : 0
                return log(d * v) + boost
            }
        }
    }
}
