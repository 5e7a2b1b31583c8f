import Kernels

/// Cuts images into square windows, those at the edge filled up with zeros.   x (B, H, W, C) -> y (B·nW, w², C)
///
///     nW = ⌈H/w⌉ · ⌈W/w⌉, windows row by row, tokens row by row inside a window
struct WindowPartition: Operation {
    static let name = "window partition"
    let window: Int
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        precondition(inputs[0].rank == 4, "window partition: \(inputs[0]) is not (B, H, W, C)")
        let grid = grid(inputs[0])
        return [[inputs[0][0] * grid.windowsPerImage, window * window, grid.channels]]
    }

    // y[window, token] = x[pixel], 0 beyond the edge
    func forward(_ pass: ForwardPass) {
        let (grid, x, y) = (grid(pass.inputShapes[0]), pass.input(0), pass.output())
        pass.parallel.forRanges(pass.inputShapes[0][0], grain: 1) { grid.partition(images: $0, x, into: y) }
    }

    // y[window, token] = x[pixel]   ⇒   dx[pixel] = dy[window, token]
    func backward(_ pass: BackwardPass) {
        let (grid, dy) = (grid(pass.inputShapes[0]), pass.gradient())
        pass.write(0) { dx in
            pass.parallel.forRanges(pass.inputShapes[0][0], grain: 1) { grid.reverse(images: $0, dy, into: dx) }
        }
    }

    private func grid(_ x: Shape) -> WindowGrid {
        WindowGrid(height: x[1], width: x[2], channels: x[3], window: window)
    }
}

/// Cuts images (B, H, W, C) into windows (B·nW, w², C), padded at the right and bottom edge with zeros.
public func windowPartition(_ x: Tensor, window: Int) -> Tensor {
    record(WindowPartition(window: window), [x])[0]
}
