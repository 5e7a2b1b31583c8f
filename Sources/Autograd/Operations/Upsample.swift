import Kernels

/// Nearest-neighbour enlargement by whole factors.   x (B, h, w, C) -> y (B, H, W, C)
///
///     y[row, column] = x[row / (H/h), column / (W/w)]
struct Upsample: Operation {
    static let name = "upsample"
    let height: Int
    let width: Int
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let x = inputs[0]
        precondition(
            x.rank == 4 && height % x[1] == 0 && width % x[2] == 0,
            "upsample: \(x) does not grow to \(height)×\(width) by whole factors")
        return [[x[0], height, width, x[3]]]
    }

    // y[row, column] = x[row / (H/h), column / (W/w)]
    func forward(_ pass: ForwardPass) {
        let (kernel, x, y) = (kernel(pass.inputShapes[0]), pass.input(0), pass.output())
        pass.parallel.forRanges(pass.inputShapes[0][0], grain: 1) { kernel.forward(images: $0, x, into: y) }
    }

    // y[row, column] = x[row / (H/h), column / (W/w)]   ⇒   dx = Σ dy over the pixel's block
    func backward(_ pass: BackwardPass) {
        let (kernel, dy) = (kernel(pass.inputShapes[0]), pass.gradient())
        pass.accumulate(0) { dx, adds in
            pass.parallel.forRanges(pass.inputShapes[0][0], grain: 1) { images in
                kernel.backward(images: images, dy, accumulate: adds, into: dx)
            }
        }
    }

    private func kernel(_ x: Shape) -> NearestUpsampling {
        NearestUpsampling(
            height: x[1], width: x[2], channels: x[3], rowFactor: height / x[1], columnFactor: width / x[2])
    }
}

/// Enlarges images (B, h, w, C) to (B, height, width, C), which must be whole multiples, by repeating pixels.
public func upsample(_ x: Tensor, height: Int, width: Int) -> Tensor {
    record(Upsample(height: height, width: width), [x])[0]
}
