import Kernels

/// What a linear layer may follow in the same pass.
public enum LinearActivation: Sendable {
    /// x·Φ(x), the exact GELU.
    case geluErf
    /// GELU's tanh approximation.
    case geluTanh

    var kernel: Activation {
        switch self {
        case .geluErf: .geluErf
        case .geluTanh: .geluTanh
        }
    }
}

/// An activation and the linear layer that follows it.   x (…, K), W (N, K), b (N) -> y (…, N)
///
///     y = f(x)·Wᵀ + b
///
/// Forward applies f to a few rows at a time, just before they are multiplied, and backward applies it again: f(x), as
/// wide as an MLP's hidden layer, is never kept.
struct ActivatedLinear: Operation {
    static let name = "activated linear"
    let function: LinearActivation
    let hasBias: Bool
    var keeps: Kept { Kept(inputs: [0, 1]) }

    private var activation: Activation { function.kernel }

    func outputShapes(_ inputs: [Shape]) -> [Shape] { [LinearSizes.outputShape(inputs, hasBias: hasBias)] }

    func multiplyAccumulates(_ inputs: [Shape]) -> Int { inputs[0].rows * inputs[1].count }

    // y = f(x)·Wᵀ + b
    func forward(_ pass: ForwardPass) {
        let sizes = LinearSizes(pass.inputShapes)
        let weight = LinearWeight(pass, sizes, hasBias: hasBias)
        let (x, y) = (pass.input(0), pass.output())
        let pieces = RowPieces(rows: sizes.rows, pass.parallel)
        let step = stepRows(sizes)
        let scratch = pass.scratch(pieces.count * step * sizes.depth)
        pass.parallel.forEach(pieces.count) { piece in
            let values = scratch.pointer + piece * step * sizes.depth
            forEachStep(of: pieces[piece], step) { rows in
                activation.forward(x + rows.lowerBound * sizes.depth, count: rows.count * sizes.depth, into: values)
                weight.multiply(values, count: rows.count, into: y + rows.lowerBound * sizes.columns)
            }
        }
    }

    func backward(_ pass: BackwardPass) {
        let sizes = LinearSizes(pass.inputShapes)
        let count = sizes.rows * sizes.depth
        let x = pass.input(0)
        // f(x) takes the place of x where nobody else reads that.
        let own = pass.ownInput(0)
        let scratch = own == nil ? pass.scratch(count) : nil
        guard let values = own ?? scratch?.pointer else { preconditionFailure("activated linear: no memory for f(x)") }
        if pass.requiresGradient(0) {
            pass.write(0) { dx in inputGradient(pass, sizes, x, values, into: dx) }
        } else {
            activation.forward(x, count: count, into: values)
        }
        pass.linearParameterGradients(values, sizes, hasBias: hasBias)
    }

    // y = f(x)·Wᵀ   ⇒   dx = (dy·W)·f′(x);   f(x) itself goes into `values` on the way
    private func inputGradient(
        _ pass: BackwardPass, _ sizes: LinearSizes, _ x: FloatPointer, _ values: MutableFloatPointer,
        into dx: MutableFloatPointer
    ) {
        let weight = LinearWeight(transposing: pass, sizes)
        let dy = pass.gradient()
        let pieces = RowPieces(rows: sizes.rows, pass.parallel)
        pass.parallel.forEach(pieces.count) { piece in
            forEachStep(of: pieces[piece], stepRows(sizes)) { rows in
                let offset = rows.lowerBound * sizes.depth
                weight.multiply(dy, rows: rows, into: dx)
                activation.recomputeAndBackward(
                    x + offset, count: rows.count * sizes.depth, into: values + offset, dx: dx + offset)
            }
        }
    }

    /// Rows whose activations stay in a first- or second-level cache until they are multiplied, in whole tiles.
    private func stepRows(_ sizes: LinearSizes) -> Int { max(2, 32_768 / (6 * sizes.depth)) * 6 }

    private func forEachStep(of rows: Range<Int>, _ step: Int, _ body: (Range<Int>) -> Void) {
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
            body(start..<min(start + step, rows.upperBound))
        }
    }
}

/// A linear layer after an activation: y = f(x)·Wᵀ + b.   x (…, K), weight (N, K), bias (N) -> (…, N)
public func linear(_ x: Tensor, after function: LinearActivation, weight: Tensor, bias: Tensor?) -> Tensor {
    let operation = ActivatedLinear(function: function, hasBias: bias != nil)
    return record(operation, [x, weight] + (bias.map { [$0] } ?? []))[0]
}
