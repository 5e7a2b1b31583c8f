import Kernels

/// A function of each number.   x (…) -> y (…),   y = f(x)
struct ActivationOperation: Operation {
    static let name = "activation"
    let function: Activation
    var keeps: Kept { Kept(inputs: [0]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] { [inputs[0]] }

    // y = f(x)
    func forward(_ pass: ForwardPass) {
        let (x, y) = (pass.input(0), pass.output())
        pass.parallel.forRanges(pass.outputShapes[0].count, grain: 1 << 13) { range in
            function.forward(x + range.lowerBound, count: range.count, into: y + range.lowerBound)
        }
    }

    // y = f(x)   ⇒   dx = dy·f′(x)
    func backward(_ pass: BackwardPass) {
        let (x, dy) = (pass.input(0), pass.gradient())
        pass.accumulate(0, inPlaceOf: 0) { dx, adds in
            pass.parallel.forRanges(pass.inputShapes[0].count, grain: 1 << 13) { range in
                function.backward(
                    x + range.lowerBound, dy: dy + range.lowerBound, count: range.count,
                    into: dx + range.lowerBound, adding: adds)
            }
        }
    }
}

/// x·Φ(x), the exact GELU: inside the MLP.
public func geluErf(_ x: Tensor) -> Tensor { record(ActivationOperation(function: .geluErf), [x])[0] }

/// GELU's tanh approximation: in conv blocks.
public func geluTanh(_ x: Tensor) -> Tensor { record(ActivationOperation(function: .geluTanh), [x])[0] }

/// x·sigmoid(x).
public func silu(_ x: Tensor) -> Tensor { record(ActivationOperation(function: .silu), [x])[0] }

/// max(x, 0).
public func relu(_ x: Tensor) -> Tensor { record(ActivationOperation(function: .relu), [x])[0] }
