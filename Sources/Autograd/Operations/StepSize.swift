import Kernels

/// The step size of the selective scan.   x (…, D), b (D) -> Δ (…, D)
///
///     Δ = softplus(x + k·b),   the identity above 20
///
/// k is how often the bias counts: the released MambaVision adds it twice (mambavision.md §1.4).
struct StepSizeOperation: Operation {
    static let name = "step size"
    let biasCount: Int
    var keeps: Kept { Kept(outputs: [0]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[1] == [inputs[0].channels], "step size: a bias \(inputs[1]) for \(inputs[0])")
        return [inputs[0]]
    }

    // Δ = softplus(x + k·b)
    func forward(_ pass: ForwardPass) {
        let (x, bias, delta, shape) = (pass.input(0), pass.input(1), pass.output(), pass.inputShapes[0])
        pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
            StepSizeKernel.forward(
                x, bias: bias, times: Float(biasCount), rows: rows, channels: shape.channels, into: delta)
        }
    }

    // Δ = softplus(v), v = x + k·b   ⇒   dv = dΔ·(1 - e^-Δ), dx = dv, db = k·Σ dv
    func backward(_ pass: BackwardPass) {
        let (delta, dDelta, shape) = (pass.output(), pass.gradient(), pass.inputShapes[0])
        let dv = pass.scratch(shape.count)
        pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
            StepSizeKernel.backward(
                delta: delta, dDelta: dDelta, rows: rows, channels: shape.channels, into: dv.pointer)
        }
        let sums = PartialSums(pass, ranges: Parallel.reductionRanges(shape.rows), counts: [shape.channels])
        pass.parallel.forEach(sums.ranges.count) { index in
            RowsKernel.columnSums(
                dv.pointer, stride: shape.channels, rows: sums.ranges[index], channels: shape.channels,
                into: sums[index, 0])
        }
        sums.finish(0, scale: Float(biasCount), pass, input: 1)
        pass.accumulate(0) { dx, adds in
            if adds {
                accumulate(dv.pointer, into: dx, count: shape.count, parallel: pass.parallel)
            } else {
                dx.update(from: dv.pointer, count: shape.count)
            }
        }
    }
}

/// softplus(raw + biasCount·bias) of raw (…, D) and bias (D).
public func stepSize(_ raw: Tensor, bias: Tensor, biasCount: Int) -> Tensor {
    record(StepSizeOperation(biasCount: biasCount), [raw, bias])[0]
}
