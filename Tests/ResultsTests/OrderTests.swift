import Testing

@testable import Results

/// Orders: Kendall's τ, Pareto fronts, agreement with a published table.
///
/// Constants of τ: benchmarks/reference/statistics.py, SciPy 1.17.1.
@Suite struct OrderTests {
    private static let published = [81.3, 81.5, 81.4, 81.6, 81.9, 82.3]

    @Test(arguments: [
        (published, [0.84, 0.83, 0.86, 0.85, 0.88, 0.87], 0.4666666666666666),
        ([80.5, 80.9, 81.3, 80.5, 80.9, 81.3, 82.3], [1, 2, 3, 3, 1, 5, 4], 0.5407380704358751),
        ([1, 1, 2, 3], [4, 4, 4, 1], -0.7745966692414834),
        (published, Array(published.reversed()), -0.7333333333333333),
    ])
    func kendallsTau(_ first: [Double], _ second: [Double], _ expected: Double) throws {
        let tau = try #require(KendallTau.tauB(first, second))
        #expect(abs(tau - expected) < 1e-12)
        #expect(abs(try #require(KendallTau.tauB(second, first)) - expected) < 1e-12)
    }

    @Test func tauOfNothingToOrder() {
        #expect(KendallTau.tauB([], []) == nil)
        #expect(KendallTau.tauB([1], [2]) == nil)
        #expect(KendallTau.tauB([1, 1], [1, 2]) == nil)
    }

    @Test func paretoFront() {
        let points = [(0.9, 10.0), (0.8, 5), (0.85, 12), (0.7, 6), (0.9, 9), (0.8, 5)].map {
            ParetoFront.Point(value: $0.0, cost: $0.1)
        }
        #expect(ParetoFront.places(points) == [1, 5, 4])
        #expect(ParetoFront.places([]) == [])
    }

    private func row(_ name: String, _ values: [Double], published: Double? = nil, parameters: Int = 1) -> SummaryRow {
        SummaryRow(
            name: name, layout: name, axes: [], isReference: false,
            outcomes: values.enumerated().map {
                SeedOutcome(seed: $0, state: .done, identity: "\(name)\($0)", value: $1, parts: [:])
            },
            size: NetworkSize(
                parameters: parameters, multiplyAccumulates: 1, activationBytes: 1, peakResidentBytes: 1),
            wallSeconds: nil, published: published)
    }

    private let noise = [0.003, -0.002, 0.001, 0.0, -0.001, 0.002, -0.003, 0.004]

    @Test func agreementCountsWhatIsDecided() throws {
        // Measured: a and b are far above c, and alike; the paper says a > b > c, and d as good as c.
        let rows = [
            row("a", noise.map { 0.9 + $0 }, published: 82), row("b", noise.map { 0.9 - $0 }, published: 81),
            row("c", noise.map { 0.8 + $0 * $0 }, published: 80), row("d", noise.map { 0.95 + 2 * $0 }, published: 80),
        ]
        let agreement = try #require(Agreement(rows, higherIsBetter: true, publishedHigherIsBetter: true))
        #expect(agreement.pairs.map { "\($0.better)>\($0.worse)" } == ["a>b", "a>c", "a>d", "b>c", "b>d"])
        #expect(
            agreement.pairs.map(\.verdict) == [.undecided, .supported, .contradicted, .supported, .contradicted])
        #expect(agreement.tied == 1)
        let interval = try #require(agreement.interval)
        // (2 − 2 ± 1) / √(6 · 5)
        #expect(abs(interval.lowerBound + 1 / 30.0.squareRoot()) < 1e-12)
        #expect(abs(interval.upperBound - 1 / 30.0.squareRoot()) < 1e-12)
        #expect(interval.contains(try #require(agreement.tau)))

        // The same numbers as errors, of which less is better, beside the same published accuracies.
        let errors = try #require(Agreement(rows, higherIsBetter: false, publishedHigherIsBetter: true))
        #expect(errors.count(.supported) == agreement.count(.contradicted))
        #expect(abs(try #require(errors.tau) + (try #require(agreement.tau))) < 1e-12)
        #expect(Agreement([row("a", noise)], higherIsBetter: true, publishedHigherIsBetter: true) == nil)
    }

    /// With n seeds and m pairs the smallest p is m · 2/2ⁿ: 3 · 2/64 for six seeds, 3 · 2/128 for seven.
    @Test func agreementSaysWhatItCannotDecide() throws {
        func pairs(_ seeds: Int) throws -> [Comparison] {
            let rows = ["a", "b", "c"].enumerated().map { place, name in
                row(name, noise.prefix(seeds).map { 0.9 - 0.1 * Double(place) + $0 }, published: 82 - Double(place))
            }
            return try #require(Agreement(rows, higherIsBetter: true, publishedHigherIsBetter: true))
                .pairs.map(\.comparison)
        }
        #expect(
            Comparison.outOfReach(try pairs(6))
                == "p cannot reach 0.05 with n = 6: the smallest possible with 3 comparisons is 0.09375. "
                + "At least 7 seeds are needed.")
        #expect(Comparison.outOfReach(try pairs(7)) == nil)
    }

    @Test func frontsSayWhatIsDecided() throws {
        let metric = SummaryMetric(name: "accuracy")
        let rows = [
            row("large", noise.map { 0.9 + $0 }, parameters: 30), row("small", noise.map { 0.8 - $0 }, parameters: 10),
            row("poor", noise.map { 0.7 + $0 * $0 }, parameters: 20),
            row("close", noise.map { 0.7985 + $0 * $0 }, parameters: 15),
        ]
        let summary = Summary(
            name: "e", question: "", metric: metric, reference: "large", seeds: Array(0..<8), rows: rows, claims: [],
            parts: [], baselines: [], publishedSource: nil, agreement: nil, notes: [])
        let front = try #require(summary.fronts().first { $0.cost == .parameters })
        #expect(front.standings.map(\.row) == ["small", "close", "poor", "large"])
        #expect(front.standings.map(\.isOnFront) == [true, false, false, true])
        #expect(front.standings.map(\.dominatedBy) == [nil, "small", "small", nil])
        #expect(front.standings.map(\.isDecided) == [false, false, true, false])
        let text = try #require(summary.frontTable()).rows.map { $0[2].value }
        #expect(text == [.text("●"), .text("●"), .text("< small"), .text("< small ?")])
        #expect(!summary.fronts().contains { $0.cost == .inferenceTime })
    }
}
