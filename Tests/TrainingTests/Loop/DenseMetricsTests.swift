import Experiments
import Testing
import Training

@Suite struct DenseMetricsTests {
    static func precision(_ answers: [(Float, Bool)]) -> Double? {
        var precision = AveragePrecision()
        for (score, isPositive) in answers { precision.add(score: score, isPositive: isPositive) }
        return precision.value
    }

    /// The example of scikit-learn's `average_precision_score`, and one with ties by hand: (1/4 + 2/5)/2.
    @Test func averagePrecisionIsAsPublished() throws {
        let answers: [(Float, Bool)] = [(0.1, false), (0.4, false), (0.35, true), (0.8, true)]
        #expect(abs((DenseMetricsTests.precision(answers) ?? .nan) - 0.8333333333333333) < 1e-12)
        let ties: [(Float, Bool)] = [(0.5, true), (0.5, false), (0.5, false), (0.2, true), (0.9, false)]
        #expect(abs((DenseMetricsTests.precision(ties) ?? .nan) - 0.325) < 1e-12)
    }

    @Test func averagePrecisionAtItsEnds() {
        #expect(DenseMetricsTests.precision([(1, true), (0, false)]) == 1)
        #expect(DenseMetricsTests.precision((0..<8).map { (0, $0 == 3) }) == 0.125)
        #expect(DenseMetricsTests.precision([(1, false)]) == nil)
        #expect(DenseMetricsTests.precision([(.nan, true), (1, false)])?.isNaN == true)
    }

    @Test func overlapIsTheMeanOverImages() {
        var overlap = MeanOverlap()
        #expect(overlap.value == nil)
        for (answer, target) in [(true, true), (true, false), (false, true), (false, false)] {
            overlap.add(answer: answer, target: target)
        }
        overlap.endImage()
        overlap.add(answer: true, target: true)
        overlap.endImage()
        var other = MeanOverlap()
        other.add(answer: false, target: false)
        other.endImage()
        overlap.add(other)
        #expect(abs((overlap.value ?? 0) - (1.0 / 3 + 1 + 1) / 3) < 1e-12)
    }

    @Test(arguments: ["mirror-difference", "cued-scene"])
    func aTrialReportsTheMetricOfItsTask(name: String) throws {
        let events = try TrainerTests.run(
            TrainerTests.specification {
                $0.dataset.name = name
                $0.dataset.train = 32
                $0.layout = name == "cued-scene" ? "C | M A" : "M A"
                $0.train.epochs = 2
                $0.train.selection = .bestValidation
            })
        let metric = name == "cued-scene" ? "mean-iou" : "average-precision"
        let reports = TrainerTests.reports(events)
        for report in reports {
            for split in [Split.validation, .test] {
                let found = report.metrics.filter { $0.split == split && $0.name == metric }
                let value = try #require(found.first { $0.part.isEmpty }?.value)
                #expect((0...1).contains(value))
                #expect(found.count == (split == .test && name == "mirror-difference" ? 5 : 1))
            }
        }
        let best = reports.map { report in
            report.metrics.first { $0.split == .validation && $0.name == metric && $0.part.isEmpty }?.value ?? -1
        }
        let outcome = try TrainerTests.outcome(events)
        #expect(best[outcome.epoch - 1] == best.max())
    }
}
