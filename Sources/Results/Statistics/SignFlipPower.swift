import Randomness

/// How large a true difference must be for the sign-flip test to find it with a given probability.
///
/// The sign-flip test of few pairs knows few p-values, so its power is below a t test's of the same nominal level: with
/// eight pairs and a level of 0.01 all eight differences must agree in sign. The power is found by simulation with
/// normal differences; the same ``draws`` samples serve every effect, so that it is a function of its arguments, and two
/// standard errors are added to the power that is asked for, so that the true one is not less.
public enum SignFlipPower {
    /// Samples behind each power; its standard error at 0.8 is 0.006.
    static let draws = 4000
    /// From so many tolerated sign patterns on the test's p-values are dense and its power is the t test's.
    static let densePatterns = 500
    static let mostSimulatedPairs = 40

    /// The true mean difference, in standard deviations of the differences, that is found with probability `power`: the
    /// p-value is below `level`, and the 95 % t interval leaves out 0 on the right side.
    ///
    /// - Parameter level: two-sided; divide by the size of the family for a family of tests.
    /// - Returns: nil where the test can't reach the level.
    public static func detectable(pairs: Int, level: Double = 0.05, power: Double = 0.8) -> Double? {
        guard pairs > 1, let tolerated = tolerated(pairs: pairs, level: level) else { return nil }
        guard pairs <= mostSimulatedPairs, tolerated < densePatterns else {
            return DetectableDifference.standardized(pairs: pairs, level: level, power: power)
        }
        let samples = normalSamples(pairs: pairs)
        let test = SimulatedTest(pairs: pairs, tolerated: tolerated)
        let error = (power * (1 - power) / Double(draws)).squareRoot()
        let wanted = Int((min(1, power + 2 * error) * Double(draws)).rounded(.up))
        func isFoundOften(_ effect: Double) -> Bool {
            samples.count { sample in test.finds(sample, shiftedBy: effect) } >= wanted
        }
        var (low, high) = (0.0, 1.0)
        while !isFoundOften(high) {
            low = high
            high *= 2
        }
        for _ in 0..<10 {
            let middle = (low + high) / 2
            if isFoundOften(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// How many of the 2ⁿ⁻¹ sign patterns, up to a common sign, may be at least as extreme as the observed one for the
    /// p-value to be below the level; nil for not even the observed one.
    static func tolerated(pairs: Int, level: Double) -> Int? {
        let room = level * exp2(pairs - 1)
        let tolerated = room.rounded(.up) - 1
        guard tolerated >= 1 else { return nil }
        return tolerated < Double(densePatterns) ? Int(tolerated) : densePatterns
    }

    private static func exp2(_ exponent: Int) -> Double {
        Double(sign: .plus, exponent: exponent, significand: 1)
    }

    private static func normalSamples(pairs: Int) -> [Sample] {
        var generator = RandomKey(seed: 0)["sign-flip power"][pairs].generator
        return (0..<draws).compactMap { _ in
            let values = (0..<pairs).map { _ in generator.normal() }.sorted()
            guard let mean = Moments.mean(values), let deviation = Moments.standardDeviation(values) else { return nil }
            return Sample(ascending: values, mean: mean, deviation: deviation)
        }
    }

    /// Differences without an effect.
    struct Sample {
        let ascending: [Double]
        let mean: Double
        let deviation: Double
    }
}

/// The test of one number of pairs, as a yes or no.
private struct SimulatedTest {
    let tolerated: Int
    /// What |mean|/sd must exceed for the t interval to leave out 0.
    let least: Double

    init(pairs: Int, tolerated: Int) {
        self.tolerated = tolerated
        let t = StudentT(degreesOfFreedom: Double(pairs - 1)).quantile(0.975)
        least = t / Double(pairs).squareRoot()
    }

    func finds(_ sample: SignFlipPower.Sample, shiftedBy effect: Double) -> Bool {
        let mean = sample.mean + effect
        guard mean > 0, mean > least * sample.deviation, let first = sample.ascending.first else { return false }
        // Where all are positive, the observed pattern is the only one of its size.
        if first + effect > 0 { return true }
        let values = sample.ascending.map { $0 + effect }
        return ExtremePatterns.count(ofAscending: values, upTo: tolerated + 1) <= tolerated
    }
}

/// Counts sign patterns at least as extreme as the observed one without listing all 2ⁿ of them.
enum ExtremePatterns {
    /// How many patterns have a sum of at least the observed, positive one; counting ends at `limit`.
    ///
    /// Turning the signs of a subset takes twice its sum away, so these are the subsets whose sum is at most 0, the empty
    /// one among them. Numbers are taken in ascending order, and a branch ends where no later negative number could bring
    /// its sum down to 0.
    static func count(ofAscending ascending: [Double], upTo limit: Int) -> Int {
        // What all negative numbers from a place on add up to.
        var negatives = [Double](repeating: 0, count: ascending.count + 1)
        for place in ascending.indices.reversed() {
            negatives[place] = negatives[place + 1] + min(0, ascending[place])
        }
        var count = 1
        func visit(_ start: Int, _ sum: Double) {
            for place in start..<ascending.count {
                if count >= limit { return }
                let next = sum + ascending[place]
                if next <= 0 { count += 1 }
                if next + negatives[place + 1] > 0, ascending[place] >= 0 { return }
                visit(place + 1, next)
            }
        }
        visit(0, 0)
        return count
    }
}
