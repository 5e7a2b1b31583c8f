import Kernels

/// A linear layer.   x (…, K), W (N, K), b (N) -> y (…, N)
///
///     y = x·Wᵀ + b
struct LinearOperation: Operation {
    static let name = "linear"
    let hasBias: Bool
    var keeps: Kept { Kept(inputs: [0, 1]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] { [LinearSizes.outputShape(inputs, hasBias: hasBias)] }

    func multiplyAccumulates(_ inputs: [Shape]) -> Int { inputs[0].rows * inputs[1].count }

    // y = x·Wᵀ + b
    func forward(_ pass: ForwardPass) {
        let sizes = LinearSizes(pass.inputShapes)
        let weight = LinearWeight(pass, sizes, hasBias: hasBias)
        let (x, y) = (pass.input(0), pass.output())
        pass.parallel.forRanges(sizes.rows, grain: 96) { range in
            weight.multiply(x, rows: range, into: y)
        }
    }

    func backward(_ pass: BackwardPass) {
        let sizes = LinearSizes(pass.inputShapes)
        pass.linearParameterGradients(pass.input(0), sizes, hasBias: hasBias)
        // y = x·Wᵀ   ⇒   dx = dy·W
        pass.release(0)
        if pass.requiresGradient(0) {
            let weight = LinearWeight(transposing: pass, sizes)
            let dy = pass.gradient()
            pass.accumulate(0) { dx, adds in
                pass.parallel.forRanges(sizes.rows, grain: 96) { range in
                    weight.multiply(dy, rows: range, adds: adds, into: dx)
                }
            }
        }
    }
}

/// y = x·Wᵀ + b.   x (…, K), weight (N, K), bias (N) -> (…, N)
public func linear(_ x: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    record(LinearOperation(hasBias: bias != nil), [x, weight] + (bias.map { [$0] } ?? []))[0]
}
