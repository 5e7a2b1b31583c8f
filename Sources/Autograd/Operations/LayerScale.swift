import Kernels

/// A trained factor for each channel.   x (…, C), γ (C) -> y (…, C)
///
///     y = γ·x
///
/// Touvron et al. 2021 (CaiT).
struct LayerScale: Operation {
    static let name = "layer scale"
    var keeps: Kept { Kept(inputs: [0, 1]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[1] == [inputs[0].channels], "layer scale: γ \(inputs[1]) does not fit x \(inputs[0])")
        return [inputs[0]]
    }

    func multiplyAccumulates(_ inputs: [Shape]) -> Int { inputs[0].count }

    // y = γ·x
    func forward(_ pass: ForwardPass) {
        let (x, gamma, y, shape) = (pass.input(0), pass.input(1), pass.output(), pass.inputShapes[0])
        pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
            RowsKernel.scaleChannels(x, by: gamma, rows: rows, channels: shape.channels, into: y)
        }
    }

    // y = γ·x   ⇒   dx = γ·dy, dγ = Σ dy·x
    func backward(_ pass: BackwardPass) {
        let (x, gamma, dy, shape) = (pass.input(0), pass.input(1), pass.gradient(), pass.inputShapes[0])
        pass.accumulate(0) { dx, adds in
            pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
                RowsKernel.scaleChannels(dy, by: gamma, rows: rows, channels: shape.channels, into: dx, adding: adds)
            }
        }
        pass.sumRows(1, rows: shape.rows, count: shape.channels) { rows, sums in
            RowsKernel.columnProductSums(dy, x, rows: rows, channels: shape.channels, into: sums)
        }
    }
}

/// Multiplies each channel by its own factor: x (…, C), gamma (C).
public func layerScale(_ x: Tensor, gamma: Tensor) -> Tensor { record(LayerScale(), [x, gamma])[0] }
