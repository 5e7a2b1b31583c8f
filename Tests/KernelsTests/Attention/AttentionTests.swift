import Foundation
import Kernels
import Testing

@Suite struct AttentionTests {
    static let shapes: [[Int]] = [
        [3, 1, 2, 8], [5, 2, 3, 16], [5, 4, 4, 16], [2, 4, 2, 49], [3, 5, 2, 7], [2, 7, 1, 24], [2, 8, 3, 8],
        [2, 9, 2, 40], [2, 16, 2, 16], [1, 16, 3, 5], [2, 17, 1, 64], [1, 25, 2, 32], [1, 33, 2, 10], [1, 49, 2, 49],
        [1, 64, 2, 16], [1, 71, 1, 40], [1, 100, 1, 1], [1, 196, 1, 40],
    ]

    @Test(arguments: shapes)
    func equalsItsTwin(_ shape: [Int]) {
        let twin = AttentionTwin(batch: shape[0], length: shape[1], heads: shape[2], width: shape[3])
        let sample = AttentionSample(twin, scale: 1.5)
        let expected = twin.run(sample.x, dy: sample.dy)
        let actual = sample.run([0..<shape[0] * shape[2]])
        #expect(largestError(actual.y, expected.y) < 3e-6)
        #expect(largestError(actual.dx, expected.dx) < 5e-6)
    }

    @Test(arguments: shapes)
    func bitsDoNotDependOnTheSplit(_ shape: [Int]) {
        let twin = AttentionTwin(batch: shape[0], length: shape[1], heads: shape[2], width: shape[3])
        let sample = AttentionSample(twin, scale: 1)
        let items = shape[0] * shape[2]
        let whole = sample.run([0..<items])
        let single = sample.run((0..<items).reversed().map { $0..<$0 + 1 })
        #expect(whole.y.map(\.bitPattern) == single.y.map(\.bitPattern))
        #expect(whole.dx.map(\.bitPattern) == single.dx.map(\.bitPattern))
        let uneven = sample.run([0..<items / 3, items / 3..<items])
        #expect(whole.y.map(\.bitPattern) == uneven.y.map(\.bitPattern))
        #expect(whole.dx.map(\.bitPattern) == uneven.dx.map(\.bitPattern))
    }

    @Test(arguments: [[2, 4, 2, 16], [1, 16, 1, 16], [1, 40, 2, 24]])
    func enormousScoresStayFinite(_ shape: [Int]) {
        let twin = AttentionTwin(batch: shape[0], length: shape[1], heads: shape[2], width: shape[3])
        let sample = AttentionSample(twin, scale: 100)
        let expected = twin.run(sample.x, dy: sample.dy)
        let actual = sample.run([0..<shape[0] * shape[2]])
        #expect(largestError(actual.y, expected.y) < 2e-2)
        #expect(actual.dx.allSatisfy { $0.isFinite })
    }

    @Test(arguments: [4, 16, 40])
    func whatIsNotANumberShows(_ length: Int) {
        let twin = AttentionTwin(batch: 1, length: length, heads: 1, width: 16)
        var sample = AttentionSample(twin, scale: 1)
        sample.x[16 + 3] = .nan  // one number of the first key
        let actual = sample.run([0..<1])
        #expect(actual.y.allSatisfy { $0.isNaN })
    }

    @Test func hundredsOfTokensFollowTheirTwin() {
        let twin = AttentionTwin(batch: 1, length: 515, heads: 1, width: 2)
        let sample = AttentionSample(twin, scale: 1)
        let expected = twin.run(sample.x, dy: sample.dy)
        let actual = sample.run([0..<1])
        #expect(largestError(actual.y, expected.y) < 1e-5)
        #expect(largestError(actual.dx, expected.dx) < 1e-5)
    }
}

/// Made-up inputs of an attention kernel, and what it makes of them.
struct AttentionSample {
    let twin: AttentionTwin
    var x: [Float]
    var dy: [Float]

    init(_ twin: AttentionTwin, scale: Float) {
        self.twin = twin
        x = (0..<twin.inputCount).map { (i: Int) -> Float in
            let phase = Double(i % 97 * (i % 13))
            return scale * Float(sin(0.7 * Double(i) + 0.01 * phase))
        }
        dy = (0..<twin.outputCount).map { (i: Int) -> Float in
            let phase = Double(i % 31 * (i % 7))
            return Float(cos(1.3 * Double(i) + 0.02 * phase))
        }
    }

    /// Forward and backward of every range of items, with guarded arrays of exactly the promised sizes.
    func run(_ ranges: [Range<Int>]) -> (y: [Float], dx: [Float]) {
        let kernel = AttentionKernel(length: twin.length, heads: twin.heads, headWidth: twin.width)
        let guarding: Float = 12345
        var y = [Float](repeating: guarding, count: twin.outputCount + 16)
        var dx = [Float](repeating: guarding, count: twin.inputCount + 16)
        var saved = [Float](repeating: guarding, count: twin.batch * twin.heads * kernel.savedCount + 16)
        for range in ranges {
            var scratch = [Float](repeating: .nan, count: kernel.forwardScratchCount) + [guarding]
            kernel.forward(x, items: range, into: &y, saved: &saved, scratch: &scratch)
            #expect(scratch.last == guarding)
        }
        for range in ranges {
            var scratch = [Float](repeating: .nan, count: kernel.backwardScratchCount) + [guarding]
            kernel.backward(x, saved: saved, dy: dy, items: range, into: &dx, scratch: &scratch)
            #expect(scratch.last == guarding)
        }
        #expect((y.suffix(16) + dx.suffix(16) + saved.suffix(16)).allSatisfy { $0 == guarding })
        return (Array(y.dropLast(16)), Array(dx.dropLast(16)))
    }
}

/// The largest difference over the largest expected magnitude; infinite where a number is missing.
func largestError(_ actual: [Float], _ expected: [Double]) -> Double {
    let largest = expected.reduce(1e-12) { max($0, abs($1)) }
    let difference = zip(actual, expected).reduce(0.0) { worst, pair in
        let error = abs(Double(pair.0) - pair.1)
        return error.isNaN ? .infinity : max(worst, error)
    }
    return difference / largest
}
