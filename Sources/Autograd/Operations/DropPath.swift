import Kernels
import Randomness

/// Stochastic depth (Huang et al. 2016): each sequence is dropped, or scaled by 1/keep.   x (B, …) -> y (B, …)
///
/// One draw for each leading index; in token stages that is each window.
struct DropPath: Operation {
    static let name = "drop path"
    let rate: Double
    let key: RandomKey
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] { [inputs[0]] }

    /// The factor of each sequence.
    func savedCounts(_ inputs: [Shape]) -> [Int] { [inputs[0][0]] }

    // y[b] = s[b]·x[b],   s[b] = 0 or 1/(1 − rate)
    func forward(_ pass: ForwardPass) {
        let factors = pass.saved(0)
        var generator = key.generator
        for index in 0..<pass.inputShapes[0][0] {
            factors[index] = generator.doubleUniform() < rate ? 0 : Float(1 / (1 - rate))
        }
        let (x, y) = (pass.input(0), pass.output())
        scale(pass.inputShapes[0], pass.parallel, x, by: FloatPointer(factors), into: y, adding: false)
    }

    // y[b] = s[b]·x[b]   ⇒   dx[b] = s[b]·dy[b]
    func backward(_ pass: BackwardPass) {
        let (dy, factors) = (pass.gradient(), pass.saved(0))
        pass.accumulate(0, inPlaceOf: 0) { dx, adds in
            scale(pass.inputShapes[0], pass.parallel, dy, by: factors, into: dx, adding: adds)
        }
    }

    private func scale(
        _ shape: Shape, _ parallel: Parallel, _ source: FloatPointer, by factors: FloatPointer,
        into target: MutableFloatPointer, adding: Bool
    ) {
        parallel.forRanges(shape.rows, grain: 512) { rows in
            RowsKernel.scaleGroups(
                source, by: factors, rowsPerGroup: shape.rows / shape[0], rows: rows, channels: shape.channels,
                into: target, adding: adding)
        }
    }
}

/// Drops whole sequences with probability `rate` and scales the others by 1/(1 − rate). For training passes.
public func dropPath(_ x: Tensor, rate: Double, key: RandomKey) -> Tensor {
    precondition((0..<1).contains(rate), "drop path: a rate of \(rate)")
    return record(DropPath(rate: rate, key: key), [x])[0]
}
