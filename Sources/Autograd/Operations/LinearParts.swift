import Kernels

/// The sizes of a linear layer: x (rows, depth), W (columns, depth), y (rows, columns).
struct LinearSizes {
    let rows, columns, depth: Int

    init(_ inputs: [Shape]) {
        (rows, columns, depth) = (inputs[0].rows, inputs[1][0], inputs[1][1])
    }

    /// The shape of y for x, W and, with `hasBias`, b.
    static func outputShape(_ inputs: [Shape], hasBias: Bool) -> Shape {
        let (x, weight) = (inputs[0], inputs[1])
        precondition(
            weight.rank == 2 && x.channels == weight[1], "linear: x \(x) does not fit the weight \(weight)")
        precondition(!hasBias || inputs[2] == [weight[0]], "linear: a bias \(inputs.last ?? []) for \(weight)")
        return x.withChannels(weight[0])
    }
}

/// A linear layer's weight packed for the product, in the pass's scratch.
struct LinearWeight {
    private let packed: Buffer
    private let columns, depth: Int
    private let bias: FloatPointer?

    /// For y = x·Wᵀ + b.
    init(_ pass: ForwardPass, _ sizes: LinearSizes, hasBias: Bool) {
        (columns, depth) = (sizes.columns, sizes.depth)
        bias = hasBias ? pass.input(2) : nil
        packed = pass.scratch(Products.packedCount(columns: columns, depth: depth))
        let (weight, packed, columns, depth) = (pass.input(1), packed, columns, depth)
        pass.parallel.forRanges(Products.panelCount(columns: columns), grain: LinearWeight.packGrain(depth)) { panels in
            Products.packTransposed(
                panels: panels, columns: columns, depth: depth, weight, stride: depth, into: packed.pointer)
        }
    }

    /// For dx = dy·W.
    init(transposing pass: BackwardPass, _ sizes: LinearSizes) {
        (columns, depth) = (sizes.depth, sizes.columns)
        bias = nil
        packed = pass.scratch(Products.packedCount(columns: columns, depth: depth))
        let (weight, packed, columns, depth) = (pass.input(1), packed, columns, depth)
        pass.parallel.forRanges(Products.panelCount(columns: columns), grain: LinearWeight.packGrain(depth)) { panels in
            Products.pack(
                panels: panels, columns: columns, depth: depth, weight, stride: columns, into: packed.pointer)
        }
    }

    /// Panels that are worth a piece of work of their own.
    private static func packGrain(_ depth: Int) -> Int { max(1, 2_048 / max(1, depth)) }

    /// Multiplies a range of rows of x; y, or its sums with `adds`, go to the same rows of `y`.
    func multiply(_ x: FloatPointer, rows: Range<Int>, adds: Bool = false, into y: MutableFloatPointer) {
        multiply(x + rows.lowerBound * depth, count: rows.count, adds: adds, into: y + rows.lowerBound * columns)
    }

    /// Multiplies `count` rows from `x` on; the results go to `y` on.
    func multiply(_ x: FloatPointer, count: Int, adds: Bool = false, into y: MutableFloatPointer) {
        Products.multiply(
            rows: count, columns: columns, depth: depth, x, xStride: depth, packed: FloatPointer(packed.pointer),
            bias: bias, accumulate: adds, into: y, yStride: columns)
    }
}

extension BackwardPass {
    /// The gradients of a linear layer's weight (input 1) and bias (input 2), given what was multiplied, x (rows, depth).
    ///
    /// Each of their numbers is one sum over the rows, so the threads' shares may be cut anywhere.
    func linearParameterGradients(_ x: FloatPointer, _ sizes: LinearSizes, hasBias: Bool) {
        let (rows, columns, depth) = (sizes.rows, sizes.columns, sizes.depth)
        let dy = gradient()
        var sums: MutableFloatPointer?
        if hasBias {
            // y = … + b   ⇒   db = Σ dy
            accumulate(2) { db, adds in
                if !adds { db.update(repeating: 0, count: columns) }
                sums = db
            }
        }
        let biasGradient = sums
        if let biasGradient, !requiresGradient(1) {
            Products.columnSums(
                rows: rows, columns: columns, dy, stride: columns, accumulate: true, into: biasGradient)
        }
        // y = x·Wᵀ   ⇒   dW = dyᵀ·x
        accumulate(1) { dW, adds in
            let parts = WeightParts(columns: columns, depth: depth, threads: parallel.threads)
            let scratch = scratch(parallel.workers(parts.count) * parts.scratchCount)
            parallel.forEach(parts.count) { index, worker in
                let (outputs, inputs, summed) = parts[index]
                Products.weightGradient(
                    rows: rows, columns: outputs.count, depth: inputs.count, dy + outputs.lowerBound,
                    dyStride: columns, x + inputs.lowerBound, xStride: depth, accumulate: adds,
                    into: dW + outputs.lowerBound * depth + inputs.lowerBound, dWStride: depth,
                    sums: biasGradient.map { $0 + outputs.lowerBound }, summed: summed,
                    scratch: scratch.pointer + worker * parts.scratchCount)
            }
        }
    }
}

/// A weight's gradient cut into rectangles, one after another for the threads.
///
/// Parts with all columns of y copy none of x twice; where y is so wide that its columns are copied too, both are cut.
private struct WeightParts {
    let columns, depth: Int
    let columnParts, depthParts: Int

    init(columns: Int, depth: Int, threads: Int) {
        (self.columns, self.depth) = (columns, depth)
        let wanted = threads == 1 ? 1 : 2 * threads
        let isCopied = columns > Products.widestGradientInPlace
        let depthFirst = max(1, min(isCopied ? 2 : wanted, depth / Products.panelColumns))
        columnParts = max(1, min(wanted / depthFirst, columns / (2 * Products.tileRows)))
        depthParts = max(1, min(wanted / columnParts, depth / Products.panelColumns))
    }

    var count: Int { columnParts * depthParts }

    /// Floats of scratch for one part at a time.
    var scratchCount: Int {
        let widest = (0..<count).lazy.map {
            Products.weightGradientScratchCount(columns: self[$0].outputs.count, stride: columns)
        }
        return widest.max() ?? 0
    }

    /// The part's columns of y, whole sixes as far as possible, and of x, whole vectors as far as possible; and of the
    /// columns of y those whose sums it adds up.
    subscript(index: Int) -> (outputs: Range<Int>, inputs: Range<Int>, summed: Range<Int>) {
        let (column, part) = index.quotientAndRemainder(dividingBy: depthParts)
        let outputs = Self.range(column, of: columnParts, columns, unit: Products.tileRows)
        return (
            outputs, Self.range(part, of: depthParts, depth, unit: Products.panelColumns),
            Self.range(part, of: depthParts, outputs.count, unit: Products.panelColumns)
        )
    }

    private static func range(_ index: Int, of parts: Int, _ count: Int, unit: Int) -> Range<Int> {
        let units = Parallel.range(index, of: parts, count / unit)
        return units.lowerBound * unit..<(index == parts - 1 ? count : units.upperBound * unit)
    }
}
