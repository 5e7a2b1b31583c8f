import Kernels
import Testing

@Suite struct ClassLabelsTests {
    @Test func targetsAreSmoothedAndNegativeLabelsMasked() {
        let labels: [Int32] = [2, -1, 0]
        var targets = [Float](repeating: 9, count: 12)
        var weights = [Float](repeating: 9, count: 3)
        ClassLabels.fillTargets(
            labels: labels, smoothing: 0.2, rows: 0..<3, classes: 4, into: &targets, weights: &weights)
        let expected: [Float] = [0.05, 0.05, 0.85, 0.05, 0, 0, 0, 0, 0.85, 0.05, 0.05, 0.05]
        #expect(zip(targets, expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(weights == [1, 0, 1])
    }

    @Test func withoutSmoothingTargetsAreExactlyOneHot() {
        var targets = [Float](repeating: 9, count: 6)
        ClassLabels.fillTargets(labels: [1, 2], smoothing: 0, rows: 0..<2, classes: 3, into: &targets, weights: nil)
        #expect(targets == [0, 1, 0, 0, 0, 1])
    }

    @Test func correctAnswersAreCounted() {
        let logits: [Float] = [1, 3, 2, /**/ 5, 5, 1, /**/ 0, 1, 2, /**/ 4, 1, 1, /**/ .nan, 1, 0]
        let count = ClassLabels.correctCount(logits: logits, labels: [1, 0, 1, -1, 1], rows: 0..<5, classes: 3)
        #expect(count == 2)
    }
}
