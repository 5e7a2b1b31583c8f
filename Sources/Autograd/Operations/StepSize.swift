import Kernels

/// The step size of the selective scan.   x (…, D), b (D) -> Δ (…, D)
///
///     Δ = softplus(x + k·b)
///
/// k says how often the bias counts: the released MambaVision code adds it twice (docs/model.md, Mixers).
struct StepSize: Operation {
    static let name = "step size"
    let biasCount: Int
    var keeps: Kept { Kept(outputs: [0]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[1] == [inputs[0].channels], "step size: a bias \(inputs[1]) for x \(inputs[0])")
        return [inputs[0]]
    }

    // Δ = softplus(x + k·b)
    func forward(_ pass: ForwardPass) {
        let (shape, x, bias, delta) = (pass.inputShapes[0], pass.input(0), pass.input(1), pass.output())
        pass.parallel.forRanges(shape.rows, grain: 256) { rows in
            StepSizeKernel.forward(
                x, bias: bias, times: Float(biasCount), rows: rows, channels: shape.channels, into: delta)
        }
    }

    // Δ = softplus(v)   ⇒   dv = dΔ·(1 − e^−Δ);   v = x + k·b   ⇒   dx = dv, db = k·Σ dv
    func backward(_ pass: BackwardPass) {
        let (shape, delta, dDelta) = (pass.inputShapes[0], pass.output(), pass.gradient())
        let dv = pass.scratch(shape.count)
        pass.parallel.forRanges(shape.rows, grain: 256) { rows in
            StepSizeKernel.backward(
                delta: delta, dDelta: dDelta, rows: rows, channels: shape.channels, into: dv.pointer)
        }
        let source = FloatPointer(dv.pointer)
        pass.write(0) { $0.update(from: source, count: shape.count) }
        pass.sumRows(1, rows: shape.rows, count: shape.channels) { rows, sums in
            RowsKernel.columnSums(source, stride: shape.channels, rows: rows, channels: shape.channels, into: sums)
            ElementwiseKernel.scale(
                FloatPointer(sums), by: Float(biasCount), count: shape.channels, into: sums)
        }
    }
}

/// softplus(raw + biasCount·bias).   raw (…, D), bias (D) -> (…, D)
public func stepSize(_ raw: Tensor, bias: Tensor, biasCount: Int) -> Tensor {
    record(StepSize(biasCount: biasCount), [raw, bias])[0]
}
