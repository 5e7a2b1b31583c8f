import Kernels
import Testing

/// The sizes of one product: x (rows, depth), weight (columns, depth), in rows wider by `gap` floats.
struct ProductCase: CustomTestStringConvertible, Sendable {
    let rows: Int
    let columns: Int
    let depth: Int
    var gap = 0

    var testDescription: String { "\(rows)×\(columns)×\(depth) gap \(gap)" }

    static let all: [ProductCase] = {
        var cases: [ProductCase] = []
        for rows in [1, 2, 5, 6, 7, 13, 64] {
            for columns in [1, 7, 8, 9, 16, 17, 40] {
                for depth in [1, 3, 16, 33] { cases.append(ProductCase(rows: rows, columns: columns, depth: depth)) }
            }
        }
        cases += [
            ProductCase(rows: 11, columns: 20, depth: 9, gap: 5), ProductCase(rows: 290, columns: 52, depth: 40),
            ProductCase(rows: 523, columns: 10, depth: 16, gap: 3), ProductCase(rows: 101, columns: 48, depth: 640),
            ProductCase(rows: 770, columns: 31, depth: 20), ProductCase(rows: 4, columns: 640, depth: 2),
            ProductCase(rows: 600, columns: 44, depth: 20, gap: 230), ProductCase(rows: 300, columns: 300, depth: 17),
            ProductCase(rows: 530, columns: 140, depth: 48, gap: 60),
        ]
        return cases
    }()
}

@Suite("Products against their slow twins")
struct ProductTests {
    @Test("y = x·Wᵀ + b", arguments: ProductCase.all)
    func forward(_ sizes: ProductCase) {
        let (m, n, k, gap) = (sizes.rows, sizes.columns, sizes.depth, sizes.gap)
        let x = testValues(m * (k + gap), seed: 1)
        let weight = testValues(n * (k + gap), seed: 2)
        let bias = testValues(n, seed: 3)
        var packed = [Float](repeating: .nan, count: Products.packedCount(columns: n, depth: k))
        Products.packTransposed(columns: n, depth: k, weight, stride: k + gap, into: &packed)
        var y = [Float](repeating: untouched, count: m * (n + gap) + 16)
        Products.multiply(
            rows: m, columns: n, depth: k, x, xStride: k + gap, packed: packed, bias: bias, accumulate: false, into: &y,
            yStride: n + gap)
        let twin = slowProduct(m, n, k, { x[$0 * (k + gap) + $1] }, { weight[$1 * (k + gap) + $0] }, bias)
        #expect(relativeError(rows(y, m, n, gap), twin) <= 1e-5)
        #expect(gaps(y, m, n, gap).allSatisfy { $0 == untouched })
        Products.multiply(
            rows: m, columns: n, depth: k, x, xStride: k + gap, packed: packed, bias: nil, accumulate: true, into: &y,
            yStride: n + gap)
        let twice = slowProduct(m, n, k, { x[$0 * (k + gap) + $1] * 2 }, { weight[$1 * (k + gap) + $0] }, bias)
        #expect(relativeError(rows(y, m, n, gap), twice) <= 1e-5)
        #expect(gaps(y, m, n, gap).allSatisfy { $0 == untouched })
    }

    @Test("dx = dy·W", arguments: ProductCase.all)
    func inputGradient(_ sizes: ProductCase) {
        let (m, n, k, gap) = (sizes.rows, sizes.columns, sizes.depth, sizes.gap)
        let dy = testValues(m * k, seed: 4)
        let weight = testValues(k * (n + gap), seed: 5)
        var packed = [Float](repeating: .nan, count: Products.packedCount(columns: n, depth: k))
        Products.pack(columns: n, depth: k, weight, stride: n + gap, into: &packed)
        var dx = [Float](repeating: untouched, count: m * n + 16)
        Products.multiply(
            rows: m, columns: n, depth: k, dy, xStride: k, packed: packed, bias: nil, accumulate: false, into: &dx,
            yStride: n)
        let twin = slowProduct(m, n, k, { dy[$0 * k + $1] }, { weight[$0 * (n + gap) + $1] }, nil)
        #expect(relativeError(rows(dx, m, n, 0), twin) <= 1e-5)
        #expect(dx[(m * n)...].allSatisfy { $0 == untouched })
    }

    @Test("dW = dyᵀ·x and db = Σ dy", arguments: ProductCase.all)
    func parameterGradients(_ sizes: ProductCase) {
        let (m, n, k, gap) = (sizes.rows, sizes.columns, sizes.depth, sizes.gap)
        let dy = testValues(m * (n + gap), seed: 6)
        let x = testValues(m * (k + gap), seed: 7)
        var scratch = [Float](repeating: .nan, count: Products.weightGradientScratchCount(columns: n, stride: n + gap))
        var dW = [Float](repeating: untouched, count: n * k + 16)
        var sums = [Float](repeating: 0, count: n) + [untouched]
        let twin = slowProduct(n, k, m, { dy[$1 * (n + gap) + $0] }, { x[$0 * (k + gap) + $1] }, nil)
        let sumTwin = slowProduct(1, n, m, { _, _ in 1 }, { dy[$0 * (n + gap) + $1] }, nil)
        for times in 1...2 {
            Products.weightGradient(
                rows: m, columns: n, depth: k, dy, dyStride: n + gap, x, xStride: k + gap, accumulate: times == 2,
                into: &dW, dWStride: k, sums: &sums, scratch: &scratch)
            #expect(relativeError(Array(dW[..<(n * k)]), twin.map { $0 * Double(times) }) <= 1e-5)
            #expect(relativeError(Array(sums[..<n]), sumTwin.map { $0 * Double(times) }) <= 1e-5)
        }
        #expect(dW[(n * k)...].allSatisfy { $0 == untouched } && sums[n] == untouched)
    }

    @Test("No rows: a product writes nothing, a fresh gradient is zero")
    func noRows() {
        var scratch = [Float](repeating: 0, count: Products.weightGradientScratchCount(columns: 2, stride: 2))
        var dW: [Float] = [1, 2, 3, 4, 5, 6]
        Products.weightGradient(
            rows: 0, columns: 2, depth: 3, [], dyStride: 2, [], xStride: 3, accumulate: true, into: &dW,
            dWStride: 3, scratch: &scratch)
        #expect(dW == [1, 2, 3, 4, 5, 6])
        Products.weightGradient(
            rows: 0, columns: 2, depth: 3, [], dyStride: 2, [], xStride: 3, accumulate: false, into: &dW,
            dWStride: 3, scratch: &scratch)
        #expect(dW == [0, 0, 0, 0, 0, 0])
    }

    private func rows(_ values: [Float], _ rows: Int, _ columns: Int, _ gap: Int) -> [Float] {
        (0..<rows).flatMap { values[($0 * (columns + gap))..<($0 * (columns + gap) + columns)] }
    }

    private func gaps(_ values: [Float], _ rows: Int, _ columns: Int, _ gap: Int) -> [Float] {
        let inner = (0..<rows).flatMap { values[($0 * (columns + gap) + columns)..<(($0 + 1) * (columns + gap))] }
        return inner + values[(rows * (columns + gap))...]
    }
}

/// The product of two matrices given by element, in Double.
func slowProduct(
    _ rows: Int, _ columns: Int, _ depth: Int, _ left: (Int, Int) -> Float, _ right: (Int, Int) -> Float,
    _ bias: [Float]?
) -> [Double] {
    var result = [Double](repeating: 0, count: rows * columns)
    let rightValues = (0..<(depth * columns)).map { Double(right($0 / columns, $0 % columns)) }
    result.withUnsafeMutableBufferPointer { result in
        rightValues.withUnsafeBufferPointer { right in
            for row in 0..<rows {
                for step in 0..<depth {
                    let value = Double(left(row, step))
                    for column in 0..<columns {
                        result[row * columns + column] += value * right[step * columns + column]
                    }
                }
                if let bias { for column in 0..<columns { result[row * columns + column] += Double(bias[column]) } }
            }
        }
    }
    return result
}
