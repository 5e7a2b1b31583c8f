import Kernels

/// Puts windows back into images and drops what lies beyond the edge.   x (B·nW, w², C) -> y (B, H, W, C)
struct WindowReverse: Operation {
    static let name = "window reverse"
    let window: Int
    let batch: Int
    let height: Int
    let width: Int
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let grid = grid(inputs[0])
        precondition(
            inputs[0] == [batch * grid.windowsPerImage, window * window, grid.channels],
            "window reverse: \(inputs[0]) is not \(batch) images of \(height)×\(width) in windows of \(window)")
        return [[batch, height, width, grid.channels]]
    }

    // y[pixel] = x[window, token]
    func forward(_ pass: ForwardPass) {
        let (grid, x, y) = (grid(pass.inputShapes[0]), pass.input(0), pass.output())
        pass.parallel.forRanges(batch, grain: 1) { grid.reverse(images: $0, x, into: y) }
    }

    // y[pixel] = x[window, token]   ⇒   dx[window, token] = dy[pixel], 0 beyond the edge
    func backward(_ pass: BackwardPass) {
        let (grid, dy) = (grid(pass.inputShapes[0]), pass.gradient())
        pass.write(0) { dx in
            pass.parallel.forRanges(batch, grain: 1) { grid.partition(images: $0, dy, into: dx) }
        }
    }

    private func grid(_ x: Shape) -> WindowGrid {
        WindowGrid(height: height, width: width, channels: x.channels, window: window)
    }
}

/// Puts windows (batch·nW, w², C) back into images (batch, height, width, C): the inverse of `windowPartition`.
public func windowReverse(_ x: Tensor, window: Int, batch: Int, height: Int, width: Int) -> Tensor {
    record(WindowReverse(window: window, batch: batch, height: height, width: width), [x])[0]
}
