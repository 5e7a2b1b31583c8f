import Kernels
import Testing

@Suite struct CrossEntropyTests {
    @Test func confidentAndWrongCostsTheDifference() {
        let losses = rowLosses([1e4, -1e4, 0], targets: [0, 1, 0], weights: nil)
        #expect(losses == [2e4])
    }

    @Test func confidentAndRightCostsNothing() {
        #expect(rowLosses([500, -500, 0], targets: [1, 0, 0], weights: nil) == [0])
    }

    @Test func whatAMaskedRowHoldsIsNotLookedAt() {
        let logits: [Float] = [.nan, .infinity, 1]
        #expect(rowLosses(logits, targets: [.nan, 0, 1], weights: [0]) == [0])
        var gradient: [Float] = [7, 7, 7]
        CrossEntropyKernel.backward(
            logits, targets: [1, 0, 0], weights: [0], scale: 1, rows: 0..<1, classes: 3, into: &gradient)
        #expect(gradient == [0, 0, 0])
    }

    @Test func aLogitThatIsNotANumberShows() {
        #expect(rowLosses([.nan, 1, 2], targets: [1, 0, 0], weights: nil)[0].isNaN)
        #expect(rowLosses([0, .nan, 2], targets: [1, 0, 0], weights: nil)[0].isNaN)
    }

    private func rowLosses(_ logits: [Float], targets: [Float], weights: [Float]?) -> [Float] {
        let rows = logits.count / 3
        var losses = [Float](repeating: -1, count: rows)
        if let weights {
            CrossEntropyKernel.forward(
                logits, targets: targets, weights: weights, rows: 0..<rows, classes: 3, into: &losses)
        } else {
            CrossEntropyKernel.forward(
                logits, targets: targets, weights: nil, rows: 0..<rows, classes: 3, into: &losses)
        }
        return losses
    }
}
