import Kernels
import Testing

@Suite("The same bits however rows are split over calls")
struct ProductSplitTests {
    private static let splits: [[Int]] = [[1], [1, 1, 1], [2, 7], [6], [5, 100, 3], [255, 2], [256], [257, 11]]

    @Test("Rows of a product", arguments: splits, [[7, 5], [16, 33], [41, 640]])
    func multiply(_ split: [Int], _ sizes: [Int]) {
        let (m, n, k) = (301, sizes[0], sizes[1])
        let x = testValues(m * k, seed: 1)
        let bias = testValues(n, seed: 2)
        var packed = [Float](repeating: 0, count: Products.packedCount(columns: n, depth: k))
        Products.packTransposed(columns: n, depth: k, testValues(n * k, seed: 3), stride: k, into: &packed)
        func result(_ ranges: [Range<Int>]) -> [Float] {
            var y = [Float](repeating: untouched, count: m * n)
            x.withUnsafeBufferPointer { x in
                y.withUnsafeMutableBufferPointer { y in
                    for range in ranges {
                        guard let x = x.baseAddress, let y = y.baseAddress else { return }
                        Products.multiply(
                            rows: range.count, columns: n, depth: k, x + range.lowerBound * k, xStride: k,
                            packed: packed, bias: bias, accumulate: false, into: y + range.lowerBound * n, yStride: n)
                    }
                }
            }
            return y
        }
        #expect(result(ranges(of: m, split)) == result([0..<m]))
    }

    @Test("Rows of a weight gradient and of column sums", arguments: splits, [[7, 5], [16, 33], [41, 65]])
    func gradients(_ split: [Int], _ sizes: [Int]) {
        let (m, n, k) = (1301, sizes[0], sizes[1])
        let dy = testValues(m * n, seed: 4)
        let x = testValues(m * k, seed: 5)
        var scratch = [Float](repeating: 0, count: Products.weightGradientScratchCount(columns: n, stride: n))
        func result(_ ranges: [Range<Int>]) -> [Float] {
            var dW = [Float](repeating: untouched, count: n * k)
            var sums = [Float](repeating: untouched, count: n)
            for range in ranges {
                let (dyRows, xRows) = (
                    Array(dy[(range.lowerBound * n)..<(range.upperBound * n)]),
                    Array(x[(range.lowerBound * k)..<(range.upperBound * k)])
                )
                Products.weightGradient(
                    rows: range.count, columns: n, depth: k, dyRows, dyStride: n, xRows, xStride: k,
                    accumulate: range.lowerBound > 0, into: &dW, dWStride: k, sums: &sums, scratch: &scratch)
            }
            return dW + sums
        }
        #expect(result(ranges(of: m, split)) == result([0..<m]))
    }
}

/// Consecutive ranges of the given lengths, the rest in one last range.
func ranges(of count: Int, _ lengths: [Int]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for length in lengths + [count] where start < count {
        ranges.append(start..<min(count, start + length))
        start = min(count, start + length)
    }
    return ranges
}
