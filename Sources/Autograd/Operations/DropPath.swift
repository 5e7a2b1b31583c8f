import Kernels
import Randomness

/// Drops the branch of some leading indices and scales the others up.   x (B, …) -> y (B, …)
///
///     y[b] = m[b]·x[b],   m[b] = 0 with probability `rate`, 1/(1 - rate) otherwise
///
/// Stochastic depth, Huang et al. 2016. One draw a leading index (an image or a window), from the stream of `key`.
struct DropPathOperation: Operation {
    static let name = "drop path"
    let rate: Double
    let key: RandomKey
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[0].rank >= 2, "drop path: x \(inputs[0]) has no leading index")
        return [inputs[0]]
    }

    func savedCounts(_ inputs: [Shape]) -> [Int] { [inputs[0][0]] }
    func multiplyAccumulates(_ inputs: [Shape]) -> Int { inputs[0].count }

    // y[b] = m[b]·x[b]
    func forward(_ pass: ForwardPass) {
        let shape = pass.inputShapes[0]
        let factors = pass.saved(0)
        var generator = key.generator
        let keep = Float(1 / (1 - rate))
        for index in 0..<shape[0] {
            factors[index] = Double(generator.uniform()) < rate ? 0 : keep
        }
        scale(pass.input(0), FloatPointer(factors), shape, pass.parallel, into: pass.output(), adding: false)
    }

    // y[b] = m[b]·x[b]   ⇒   dx[b] = m[b]·dy[b]
    func backward(_ pass: BackwardPass) {
        let (dy, factors) = (pass.gradient(), pass.saved(0))
        pass.accumulate(0) { dx, adds in
            scale(dy, factors, pass.inputShapes[0], pass.parallel, into: dx, adding: adds)
        }
    }

    private func scale(
        _ x: FloatPointer, _ factors: FloatPointer, _ shape: Shape, _ parallel: Parallel,
        into y: MutableFloatPointer, adding: Bool
    ) {
        parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
            RowsKernel.scaleGroups(
                x, by: factors, rowsPerGroup: shape.rows / shape[0], rows: rows, channels: shape.channels, into: y,
                adding: adding)
        }
    }
}

/// Drops the branch `x` (B, …) for some leading indices, at random from `key`; the identity unless the tape is training.
public func dropPath(_ x: Tensor, rate: Double, key: RandomKey) -> Tensor {
    precondition(rate >= 0 && rate < 1, "drop path: a rate of \(rate)")
    guard rate > 0, let tape = x.tape, tape.mode != .inference else { return x }
    return record(DropPathOperation(rate: rate, key: key), [x])[0]
}
