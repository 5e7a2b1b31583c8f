/// Differences of two rows over the seeds that both have: what a paired comparison rests on.
public struct PairedDifferences: Hashable, Sendable {
    /// One difference a seed that has one.
    public let values: [Double]

    /// - Parameter values: those that are infinite or no number, of a loss that is, are left out: the pair is not there.
    public init(_ values: [Double]) {
        self.values = values.filter(\.isFinite)
    }

    public var count: Int { values.count }
    public var mean: Double? { Moments.mean(values) }
    public var standardDeviation: Double? { Moments.standardDeviation(values) }

    /// The interval that holds the true mean difference in a fraction `level` of all repetitions, if differences are
    /// normal: mean ± t · sd / √n with n − 1 degrees of freedom. Nil of fewer than two differences.
    public func interval(level: Double = 0.95) -> ClosedRange<Double>? {
        guard let mean, let standardDeviation else { return nil }
        let t = StudentT(degreesOfFreedom: Double(count - 1)).quantile((1 + level) / 2)
        let half = t * standardDeviation / Double(count).squareRoot()
        return (mean - half)...(mean + half)
    }
}
