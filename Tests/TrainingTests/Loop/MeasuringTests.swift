import Experiments
import Testing
import Training

@Suite struct MeasuringTests {
    @Test func lossAndAccuracyAreMeansOverLabels() {
        var metrics = RunningMetrics()
        let logits: [[Float]] = [[2, 0, 0], [0, 0, 1], [1, 1, 1]]
        for (row, label) in zip(logits, [0, 1, 0]) {
            row.withUnsafeBufferPointer { metrics.add(logits: $0, label: label) }
        }
        // -ln softmax: ln(e² + 2) - 2, ln(2 + e), ln 3.
        let expected = (0.2395448 + 1.5514447 + 1.0986123) / 3
        let result = metrics.metrics(.test, part: "pairs=4")
        #expect(result.map(\.name) == ["loss", "accuracy"] && result.allSatisfy { $0.part == "pairs=4" })
        #expect(abs(result[0].value - expected) < 1e-6)
        #expect(result[1].value == 2.0 / 3)
        #expect(RunningMetrics().metrics(.test).isEmpty)
    }

    @Test func hugeLogitsHaveAFiniteLossAndNoNumberHasNone() {
        var metrics = RunningMetrics()
        [Float(3e38), -3e38].withUnsafeBufferPointer { metrics.add(logits: $0, label: 0) }
        #expect(metrics.loss == 0)
        [Float.nan, 1].withUnsafeBufferPointer { metrics.add(logits: $0, label: 1) }
        #expect(!metrics.loss.isFinite)
    }

    @Test func speedIsTheMedianBehindTheWarmup() {
        var meter = SpeedMeter(imagesPerPiece: 100)
        for seconds in [9.0, 9, 9, 1, 4, 2] {
            meter.add(seconds: seconds)
        }
        #expect(meter.summary == Measurement.Throughput(median: 50, minimum: 25, maximum: 100, repeats: 3))
        meter.add(seconds: 2.5)
        #expect(meter.summary.median == 45)
        #expect(SpeedMeter(imagesPerPiece: 1).summary.repeats == 0)
    }
}
