import Kernels

/// The product of two tensors of the same shape, number by number: the gate.   a, b (…) -> y (…)
struct Multiply: Operation {
    static let name = "multiply"
    var keeps: Kept { Kept(inputs: [0, 1]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[0] == inputs[1], "multiply: shapes \(inputs[0]) and \(inputs[1]) differ")
        return [inputs[0]]
    }

    // y = a·b
    func forward(_ pass: ForwardPass) {
        let (a, b, y) = (pass.input(0), pass.input(1), pass.output())
        pass.parallel.forRanges(pass.outputShapes[0].count, grain: 1 << 15) { range in
            let start = range.lowerBound
            ElementwiseKernel.multiply(a + start, b + start, count: range.count, into: y + start)
        }
    }

    // y = a·b   ⇒   da = dy·b, db = dy·a
    func backward(_ pass: BackwardPass) {
        let dy = pass.gradient()
        for (index, other) in [(0, pass.input(1)), (1, pass.input(0))] {
            pass.accumulate(index) { target, adds in
                pass.parallel.forRanges(pass.inputShapes[0].count, grain: 1 << 15) { range in
                    let start = range.lowerBound
                    ElementwiseKernel.multiply(
                        dy + start, other + start, count: range.count, into: target + start, adding: adds)
                }
            }
        }
    }
}

/// The product of two tensors of the same shape, number by number.
public func multiply(_ a: Tensor, _ b: Tensor) -> Tensor { record(Multiply(), [a, b])[0] }
