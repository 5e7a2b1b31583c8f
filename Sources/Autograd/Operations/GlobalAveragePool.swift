import Kernels

/// The mean over all pixels (or tokens) of an image.   x (B, …, C) -> y (B, C)
///
///     y = (Σ_pixels x) / pixels
struct GlobalAveragePool: Operation {
    static let name = "global average pool"
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(
            inputs[0].rank >= 3 && inputs[0].rows > 0, "global average pool: \(inputs[0]) is not (B, …, C) with pixels")
        return [[inputs[0][0], inputs[0].channels]]
    }

    // y = (Σ_pixels x) / pixels
    func forward(_ pass: ForwardPass) {
        let (shape, x, y) = (pass.inputShapes[0], pass.input(0), pass.output())
        pass.parallel.forRanges(shape[0], grain: 8) { images in
            GlobalAverage.forward(
                images: images, pixels: shape.rows / shape[0], channels: shape.channels, x, into: y)
        }
    }

    // y = (Σ_pixels x) / pixels   ⇒   dx = dy / pixels
    func backward(_ pass: BackwardPass) {
        let (shape, dy) = (pass.inputShapes[0], pass.gradient())
        pass.accumulate(0) { dx, adds in
            pass.parallel.forRanges(shape[0], grain: 8) { images in
                GlobalAverage.backward(
                    images: images, pixels: shape.rows / shape[0], channels: shape.channels, dy, accumulate: adds,
                    into: dx)
            }
        }
    }
}

/// The mean of each channel over all pixels: (B, H, W, C) or (B, L, C) -> (B, C).
public func globalAveragePool(_ x: Tensor) -> Tensor {
    record(GlobalAveragePool(), [x])[0]
}
