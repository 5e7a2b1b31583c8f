import Kernels

/// The sum of two tensors of the same shape: the residual connection.   a, b (…) -> y (…)
struct Add: Operation {
    static let name = "add"
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[0] == inputs[1], "add: shapes \(inputs[0]) and \(inputs[1]) differ")
        return [inputs[0]]
    }

    // y = a + b
    func forward(_ pass: ForwardPass) {
        let (a, b, y) = (pass.input(0), pass.input(1), pass.output())
        pass.parallel.forRanges(pass.outputShapes[0].count, grain: 1 << 15) { range in
            let start = range.lowerBound
            ElementwiseKernel.add(a + start, b + start, count: range.count, into: y + start)
        }
    }

    // y = a + b   ⇒   da = dy, db = dy
    func backward(_ pass: BackwardPass) {
        pass.pass(to: 0)
        pass.pass(to: 1)
    }
}

extension Tensor {
    /// The sum of two tensors of the same shape.
    public static func + (a: Tensor, b: Tensor) -> Tensor {
        record(Add(), [a, b])[0]
    }
}
