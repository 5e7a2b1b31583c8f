import Kernels

/// Layer normalization of each row.   x (…, C), γ (C), β (C) -> y (…, C)
///
///     y = γ·(x - mean(x)) / √(var(x) + ε) + β,   var biased
///
/// Ba, Kiros and Hinton 2016.
struct LayerNormOperation: Operation {
    static let name = "layer norm"
    let epsilon: Float
    var keeps: Kept { Kept(inputs: [0, 1, 2]) }
    var isRecomputed: Bool { true }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let channels: Shape = [inputs[0].channels]
        precondition(
            inputs[1] == channels && inputs[2] == channels,
            "layer norm: γ \(inputs[1]) and β \(inputs[2]) do not fit x \(inputs[0])")
        return [inputs[0]]
    }

    /// Each row's mean and inverse standard deviation.
    func savedCounts(_ inputs: [Shape]) -> [Int] { [inputs[0].rows, inputs[0].rows] }
    func multiplyAccumulates(_ inputs: [Shape]) -> Int { 2 * inputs[0].count }

    // y = γ·x̂ + β
    func forward(_ pass: ForwardPass) {
        let (x, y, shape) = (pass.input(0), pass.output(), pass.inputShapes[0])
        let (scale, shift, means, inverses) = (pass.input(1), pass.input(2), pass.saved(0), pass.saved(1))
        pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
            LayerNormKernel.forward(
                x, scale: scale, shift: shift, epsilon: epsilon, rows: rows, channels: shape.channels, into: y,
                means: means, inverseDeviations: inverses)
        }
    }

    // y = γ·x̂ + β   ⇒   dx = (g - mean(g) - x̂·mean(g·x̂)) / σ with g = γ·dy,   dγ = Σ dy·x̂,   dβ = Σ dy
    func backward(_ pass: BackwardPass) {
        let (x, scale, dy, shape) = (pass.input(0), pass.input(1), pass.gradient(), pass.inputShapes[0])
        let (means, inverses) = (pass.saved(0), pass.saved(1))
        let sums = PartialSums(
            pass, ranges: Parallel.reductionRanges(shape.rows, grain: 64), counts: [shape.channels, shape.channels])
        let run = { (dx: MutableFloatPointer?, adds: Bool) in
            pass.parallel.forEach(sums.ranges.count) { index in
                LayerNormKernel.backward(
                    x, dy: dy, scale: scale, means: means, inverseDeviations: inverses, rows: sums.ranges[index],
                    channels: shape.channels, into: dx, adding: adds, dScale: sums[index, 0], dShift: sums[index, 1])
            }
        }
        if pass.requiresGradient(0) {
            pass.accumulate(0, inPlaceOf: 0) { dx, adds in run(dx, adds) }
        } else {
            run(nil, false)
        }
        sums.finish(0, pass, input: 1)
        sums.finish(1, pass, input: 2)
    }
}

/// Normalizes each row of x (…, C) to mean 0 and variance 1, then scales by `weight` (C) and shifts by `bias` (C).
public func layerNorm(_ x: Tensor, weight: Tensor, bias: Tensor, epsilon: Float) -> Tensor {
    record(LayerNormOperation(epsilon: epsilon), [x, weight, bias])[0]
}
