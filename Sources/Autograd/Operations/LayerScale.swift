import Kernels

/// A trained factor for each channel (Touvron et al. 2021).   x (…, C), γ (C) -> y (…, C)
struct LayerScale: Operation {
    static let name = "layer scale"
    var keeps: Kept { Kept(inputs: [0, 1]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[1] == [inputs[0].channels], "layer scale: γ \(inputs[1]) for x \(inputs[0])")
        return [inputs[0]]
    }

    // y = γ·x
    func forward(_ pass: ForwardPass) {
        let (shape, x, gamma, y) = (pass.inputShapes[0], pass.input(0), pass.input(1), pass.output())
        pass.parallel.forRanges(shape.rows, grain: 512) { rows in
            RowsKernel.scaleChannels(x, by: gamma, rows: rows, channels: shape.channels, into: y)
        }
    }

    // y = γ·x   ⇒   dx = γ·dy, dγ = Σ dy·x
    func backward(_ pass: BackwardPass) {
        let (shape, x, gamma, dy) = (pass.inputShapes[0], pass.input(0), pass.input(1), pass.gradient())
        pass.accumulate(0) { dx, adds in
            pass.parallel.forRanges(shape.rows, grain: 512) { rows in
                RowsKernel.scaleChannels(dy, by: gamma, rows: rows, channels: shape.channels, into: dx, adding: adds)
            }
        }
        pass.sumRows(1, rows: shape.rows, count: shape.channels) { rows, sums in
            RowsKernel.columnProductSums(dy, x, rows: rows, channels: shape.channels, into: sums)
        }
    }
}

/// γ·x.   x (…, C), γ (C) -> (…, C)
public func layerScale(_ x: Tensor, gamma: Tensor) -> Tensor { record(LayerScale(), [x, gamma])[0] }
