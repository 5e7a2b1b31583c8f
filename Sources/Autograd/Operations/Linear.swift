import Kernels

/// A linear layer.   x (…, K), W (N, K), b (N) -> y (…, N)
///
///     y = x·Wᵀ + b
struct LinearOperation: Operation {
    static let name = "linear"
    let hasBias: Bool
    var keeps: Kept { Kept(inputs: [0, 1]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let (x, weight) = (inputs[0], inputs[1])
        precondition(
            weight.rank == 2 && x.channels == weight[1], "linear: x \(x) does not fit the weight \(weight)")
        precondition(!hasBias || inputs[2] == [weight[0]], "linear: a bias \(inputs.last ?? []) for \(weight)")
        return [x.withChannels(weight[0])]
    }

    func multiplyAccumulates(_ inputs: [Shape]) -> Int { inputs[0].rows * inputs[1].count }

    // y = x·Wᵀ + b
    func forward(_ pass: ForwardPass) {
        let (rows, columns, depth) = LinearOperation.sizes(pass.inputShapes)
        let packed = pass.scratch(Products.packedCount(columns: columns, depth: depth))
        Products.packTransposed(
            columns: columns, depth: depth, pass.input(1), stride: depth, into: packed.pointer)
        let (x, y) = (pass.input(0), pass.output())
        let bias = hasBias ? pass.input(2) : nil
        pass.parallel.forRanges(rows, grain: 96) { range in
            Products.multiply(
                rows: range.count, columns: columns, depth: depth, x + range.lowerBound * depth, xStride: depth,
                packed: FloatPointer(packed.pointer), bias: bias, accumulate: false,
                into: y + range.lowerBound * columns, yStride: columns)
        }
    }

    func backward(_ pass: BackwardPass) {
        let (rows, columns, depth) = LinearOperation.sizes(pass.inputShapes)
        let dy = pass.gradient()
        // y = x·Wᵀ   ⇒   dx = dy·W
        if pass.requiresGradient(0) {
            let packed = pass.scratch(Products.packedCount(columns: depth, depth: columns))
            Products.pack(columns: depth, depth: columns, pass.input(1), stride: depth, into: packed.pointer)
            pass.accumulate(0) { dx, adds in
                pass.parallel.forRanges(rows, grain: 96) { range in
                    Products.multiply(
                        rows: range.count, columns: depth, depth: columns, dy + range.lowerBound * columns,
                        xStride: columns, packed: FloatPointer(packed.pointer), bias: nil, accumulate: adds,
                        into: dx + range.lowerBound * depth, yStride: depth)
                }
            }
        }
        // y = x·Wᵀ   ⇒   dW = dyᵀ·x
        pass.accumulate(1) { dW, adds in
            LinearOperation.weightGradient(pass, dy, into: dW, adds: adds)
        }
        // y = … + b   ⇒   db = Σ dy
        if hasBias {
            pass.sumRows(2, rows: rows, count: columns) { range, sums in
                Products.columnSums(
                    rows: range.count, columns: columns, dy + range.lowerBound * columns, stride: columns,
                    accumulate: false, into: sums)
            }
        }
    }

    /// dW = dyᵀ·x: large weights are cut by rows of dW, small ones by rows of x with the partial sums added in order.
    /// Which, and where, depends on the shapes alone.
    private static func weightGradient(
        _ pass: BackwardPass, _ dy: FloatPointer, into dW: MutableFloatPointer, adds: Bool
    ) {
        let (rows, columns, depth) = sizes(pass.inputShapes)
        let x = pass.input(0)
        let scratchCount = Products.weightGradientScratchCount(columns: columns)
        guard columns * depth > 65_536 else {
            pass.sumRows(into: dW, adds: adds, rows: rows, count: columns * depth, scratch: scratchCount) {
                range, sums, scratch in
                Products.weightGradient(
                    rows: range.count, columns: columns, depth: depth, dy + range.lowerBound * columns,
                    dyStride: columns, x + range.lowerBound * depth, xStride: depth, accumulate: false, into: sums,
                    scratch: scratch)
            }
            return
        }
        let pieces = min(8, columns / 32)
        let scratch = pass.scratch(pieces * scratchCount)
        pass.parallel.forEach(pieces) { piece in
            let range = Parallel.range(piece, of: pieces, columns / 16)
            let first = range.lowerBound * 16
            let count = (piece == pieces - 1 ? columns : range.upperBound * 16) - first
            Products.weightGradient(
                rows: rows, columns: count, depth: depth, dy + first, dyStride: columns, x, xStride: depth,
                accumulate: adds, into: dW + first * depth, scratch: scratch.pointer + piece * scratchCount)
        }
    }

    private static func sizes(_ inputs: [Shape]) -> (rows: Int, columns: Int, depth: Int) {
        (inputs[0].rows, inputs[1][0], inputs[1][1])
    }
}

/// y = x·Wᵀ + b.   x (…, K), weight (N, K), bias (N) -> (…, N)
public func linear(_ x: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    record(LinearOperation(hasBias: bias != nil), [x, weight] + (bias.map { [$0] } ?? []))[0]
}
