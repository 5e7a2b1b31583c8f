import Foundation

/// The true mean difference that a paired t test of n seeds finds with a given probability.
public enum DetectableDifference {
    /// In the unit of the standard deviation of the differences.
    ///
    /// - Parameters:
    ///   - level: the two-sided level of the test; divide by the size of the family for a family of tests.
    ///   - power: the probability of finding it.
    /// - Returns: nil of fewer than two pairs.
    public static func standardized(pairs: Int, level: Double = 0.05, power: Double = 0.8) -> Double? {
        guard pairs > 1 else { return nil }
        var low = 0.0
        var high = 1.0
        while self.power(of: high, pairs: pairs, level: level) < power {
            low = high
            high *= 2
        }
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if self.power(of: middle, pairs: pairs, level: level) < power { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The probability that the two-sided paired t test rejects when the true mean difference is `effect` standard
    /// deviations.
    ///
    /// T = (Z + δ)/S with δ = effect·√n and S = √(χ²/ν) is beyond ±t with probability ∫ f(s) [Φ(δ − ts) + Φ(−δ − ts)] ds,
    /// integrated by Simpson's rule (noncentral t, Johnson, Kotz and Balakrishnan 1995, ch. 31).
    static func power(of effect: Double, pairs: Int, level: Double) -> Double {
        let freedom = Double(pairs - 1)
        let t = StudentT(degreesOfFreedom: freedom).quantile(1 - level / 2)
        let shift = effect * Double(pairs).squareRoot()
        let constant = log(2.0) + freedom / 2 * log(freedom / 2) - lgamma(freedom / 2)
        func integrand(_ s: Double) -> Double {
            guard s > 0 else {
                return freedom == 1 ? exp(constant) * (normal(shift) + normal(-shift)) : 0
            }
            let density = exp(constant + (freedom - 1) * log(s) - freedom * s * s / 2)
            return density * (normal(shift - t * s) + normal(-shift - t * s))
        }
        let end = 1 + 10 / freedom.squareRoot()
        let steps = 1000
        let width = end / Double(steps)
        var sum = integrand(0) + integrand(end)
        for step in 1..<steps {
            sum += (step.isMultiple(of: 2) ? 2 : 4) * integrand(Double(step) * width)
        }
        return sum * width / 3
    }

    /// The standard normal distribution function.
    private static func normal(_ z: Double) -> Double {
        erfc(-z / 2.0.squareRoot()) / 2
    }
}
