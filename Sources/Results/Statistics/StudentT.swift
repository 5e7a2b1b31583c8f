/// Student's t distribution.
public struct StudentT: Sendable {
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "StudentT: \(degreesOfFreedom) degrees of freedom")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a value of at most `t`.
    public func cumulative(_ t: Double) -> Double {
        let upper = upperTail(abs(t))
        return t > 0 ? 1 - upper : upper
    }

    /// The probability of a value above `t` ≥ 0: half of I_x(ν/2, 1/2) with x = ν/(ν + t²).
    private func upperTail(_ t: Double) -> Double {
        let x = degreesOfFreedom / (degreesOfFreedom + t * t)
        return IncompleteBeta.regularized(x, degreesOfFreedom / 2, 0.5) / 2
    }

    /// The value below which a fraction `probability` lies, found by halving the interval until two neighbouring
    /// numbers are left.
    public func quantile(_ probability: Double) -> Double {
        precondition(probability > 0 && probability < 1, "StudentT.quantile: \(probability) is not in (0, 1)")
        guard probability >= 0.5 else { return -quantile(1 - probability) }
        let tail = 1 - probability
        var low = 0.0
        var high = 1.0
        while upperTail(high) > tail {
            low = high
            high *= 2
        }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return middle }
            if upperTail(middle) > tail { low = middle } else { high = middle }
        }
    }
}
