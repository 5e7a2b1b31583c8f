import Foundation

/// A straight map from values to places on the paper, with round numbers to mark it.
struct LinearScale {
    /// The values at both ends; they differ.
    let domain: ClosedRange<Double>
    /// The places of both ends.
    let start, end: Double
    let ticks: [Double]
    /// The distance of two ticks.
    let step: Double

    /// A scale that shows all values, with some air at both ends; from 0 where bars begin.
    ///
    /// - Parameters:
    ///   - ticks: about how many marks it has.
    ///   - limits: where it ends at the latest; some of the values lie between them.
    init(
        _ values: [Double], from start: Double, to end: Double, ticks count: Int = 5, includesZero: Bool = false,
        limits: ClosedRange<Double>? = nil
    ) {
        let finite = values.filter(\.isFinite) + (includesZero ? [0] : [])
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        // Numbers so near to each other have no round numbers between them.
        if high - low <= max(1e-200, max(abs(low), abs(high)) * 1e-12) {
            let air = max(abs(low), abs(high)) < 1e-12 ? 1 : abs(low) * 0.05
            (low, high) = (low - air, high + air)
            if includesZero, low < 0 { low = 0 }
        }
        let air = (high - low) * 0.04
        var (lower, upper) =
            includesZero ? (low < 0 ? low - air : 0, high > 0 ? high + air : 0) : (low - air, high + air)
        // Values of a damaged database may all lie beyond the limits.
        if let limits, max(lower, limits.lowerBound) < min(upper, limits.upperBound) {
            (lower, upper) = (max(lower, limits.lowerBound), min(upper, limits.upperBound))
        }
        let step = LinearScale.step(upper - lower, count)
        domain = lower...upper
        self.start = start
        self.end = end
        self.step = step
        let first = Int((lower / step).rounded(.up))
        let last = Int((upper / step).rounded(.down))
        ticks = first <= last ? (first...last).map { Double($0) * step } : []
    }

    func callAsFunction(_ value: Double) -> Double {
        start + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * (end - start)
    }

    /// 1, 2 or 5 times a power of ten.
    private static func step(_ width: Double, _ count: Int) -> Double {
        let raw = width / Double(max(1, count))
        let power = pow(10, log10(raw).rounded(.down))
        return [1, 2, 5].map { $0 * power }.first { $0 >= raw * 0.999 } ?? 10 * power
    }

    /// A tick in words: as many digits behind the point as the step needs.
    func text(_ tick: Double, isShare: Bool = false) -> String {
        let factor = isShare ? 100.0 : 1
        let digits = max(0, -Int(log10(step * factor * 1.001).rounded(.down)))
        return CellText.minusSigned(NumberFormat.fixed(tick * factor, digits))
    }
}
