import Kernels

/// Tensors side by side.   x₁ (…, C₁), x₂ (…, C₂), … -> y (…, C₁ + C₂ + …)
struct Concatenate: Operation {
    static let name = "concatenate"
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(
            inputs.allSatisfy { $0.withChannels(1) == inputs[0].withChannels(1) },
            "concatenate: shapes \(inputs) differ in more than the channels")
        return [inputs[0].withChannels(inputs.reduce(0) { $0 + $1.channels })]
    }

    // y[:, first..<first + Cᵢ] = xᵢ
    func forward(_ pass: ForwardPass) {
        let (y, width) = (pass.output(), pass.outputShapes[0].channels)
        var first = 0
        for (index, shape) in pass.inputShapes.enumerated() {
            let (x, start) = (pass.input(index), first)
            pass.parallel.forRanges(shape.rows, grain: rowGrain(width)) { rows in
                RowsKernel.copyColumns(
                    x, stride: shape.channels, rows: rows, columns: shape.channels, into: y + start, stride: width)
            }
            first += shape.channels
        }
    }

    // y[:, first..<first + Cᵢ] = xᵢ   ⇒   dxᵢ = dy[:, first..<first + Cᵢ]
    func backward(_ pass: BackwardPass) {
        let (dy, width) = (pass.gradient(), pass.outputShapes[0].channels)
        var first = 0
        for (index, shape) in pass.inputShapes.enumerated() {
            let start = first
            pass.accumulate(index) { dx, adds in
                pass.parallel.forRanges(shape.rows, grain: rowGrain(width)) { rows in
                    RowsKernel.copyColumns(
                        dy + start, stride: width, rows: rows, columns: shape.channels, into: dx,
                        stride: shape.channels, adding: adds)
                }
            }
            first += shape.channels
        }
    }
}

/// Tensors side by side: (…, C₁), (…, C₂), … -> (…, C₁ + C₂ + …).
public func concatenate(_ parts: [Tensor]) -> Tensor {
    precondition(!parts.isEmpty, "concatenate: there are no tensors")
    return record(Concatenate(), parts)[0]
}
