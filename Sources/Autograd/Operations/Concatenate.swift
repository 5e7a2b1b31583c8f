import Kernels

/// Tensors of the same rows side by side.   parts (…, C₁), (…, C₂), … -> y (…, C₁ + C₂ + …)
struct Concatenate: Operation {
    static let name = "concatenate"
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(Set(inputs.map { $0.withChannels(1) }).count == 1, "concatenate: the rows of \(inputs) differ")
        return [inputs[0].withChannels(inputs.reduce(0) { $0 + $1.channels })]
    }

    // y[:, offset ..< offset + C] = part
    func forward(_ pass: ForwardPass) {
        let total = pass.outputShapes[0].channels
        var offset = 0
        for (index, shape) in pass.inputShapes.enumerated() {
            let (part, y) = (pass.input(index), pass.output() + offset)
            pass.parallel.forRanges(shape.rows, grain: 512) { rows in
                RowsKernel.copyColumns(
                    part, stride: shape.channels, rows: rows, columns: shape.channels, into: y, stride: total)
            }
            offset += shape.channels
        }
    }

    // y[:, offset ..< offset + C] = part   ⇒   dpart = dy[:, offset ..< offset + C]
    func backward(_ pass: BackwardPass) {
        let total = pass.outputShapes[0].channels
        var offset = 0
        for (index, shape) in pass.inputShapes.enumerated() {
            let dy = pass.gradient() + offset
            pass.accumulate(index) { dPart, adds in
                pass.parallel.forRanges(shape.rows, grain: 512) { rows in
                    RowsKernel.copyColumns(
                        dy, stride: total, rows: rows, columns: shape.channels, into: dPart, stride: shape.channels,
                        adding: adds)
                }
            }
            offset += shape.channels
        }
    }
}

/// Tensors of the same rows side by side, along the channels.
public func concatenate(_ parts: [Tensor]) -> Tensor { record(Concatenate(), parts)[0] }
