import Kernels

/// A function of each number.   x (…) -> y (…)
///
///     y = f(x)
///
/// GELU (Hendrycks and Gimpel 2016) exact and in its tanh form, SiLU (Elfwing et al. 2017), ReLU.
struct ActivationOperation: Operation {
    static let name = "activation"
    let activation: Activation
    var keeps: Kept { activation == .relu ? Kept(outputs: [0]) : Kept(inputs: [0]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] { [inputs[0]] }

    // y = f(x)
    func forward(_ pass: ForwardPass) {
        let (x, y) = (pass.input(0), pass.output())
        pass.parallel.forRanges(pass.outputShapes[0].count, grain: 1 << 14) { range in
            activation.forward(x + range.lowerBound, count: range.count, into: y + range.lowerBound)
        }
    }

    // y = f(x)   ⇒   dx = dy·f'(x); ReLU's f' has the same value at y
    func backward(_ pass: BackwardPass) {
        let x = activation == .relu ? pass.output() : pass.input(0)
        let dy = pass.gradient()
        pass.accumulate(0) { dx, adds in
            pass.parallel.forRanges(pass.outputShapes[0].count, grain: 1 << 14) { range in
                let first = range.lowerBound
                activation.backward(x + first, dy: dy + first, count: range.count, into: dx + first, adding: adds)
            }
        }
    }
}

/// x·Φ(x), the exact GELU.
public func geluErf(_ x: Tensor) -> Tensor { record(ActivationOperation(activation: .geluErf), [x])[0] }

/// GELU's tanh form.
public func geluTanh(_ x: Tensor) -> Tensor { record(ActivationOperation(activation: .geluTanh), [x])[0] }

/// x·sigmoid(x).
public func silu(_ x: Tensor) -> Tensor { record(ActivationOperation(activation: .silu), [x])[0] }

/// max(x, 0).
public func relu(_ x: Tensor) -> Tensor { record(ActivationOperation(activation: .relu), [x])[0] }
