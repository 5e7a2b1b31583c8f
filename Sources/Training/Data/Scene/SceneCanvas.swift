/// Draws a scene and counts the target's pixels at each place of the label grid.
struct SceneCanvas {
    /// (64, 64), from 0 to 1.
    let pixels: UnsafeMutablePointer<Float>
    /// (16, 16)
    let labels: UnsafeMutablePointer<Int32>

    private static let slot = CuedScene.side / CuedScene.slots
    private static let place = CuedScene.side / CuedScene.grid
    /// A pixel of this brightness or more is garment.
    private static let ink: UInt8 = 32
    /// The pixels of a place that make it the target's.
    private static let quarter = Int32(place * place / 4)

    func clear() {
        pixels.update(repeating: 0, count: CuedScene.side * CuedScene.side)
        labels.update(repeating: 0, count: CuedScene.grid * CuedScene.grid)
    }

    /// Puts a garment of 14 × 14 into a slot, `shift` pixels down and right; a framed one stands in the middle.
    func put(
        _ garment: UnsafeBufferPointer<UInt8>, at slot: Int, shift: (Int, Int), isTarget: Bool, isFramed: Bool
    ) {
        let (top, left) = (slot / CuedScene.slots * SceneCanvas.slot, slot % CuedScene.slots * SceneCanvas.slot)
        if isFramed { frame(top, left) }
        let (down, right) = isFramed ? (1, 1) : shift
        for row in 0..<GarmentSprites.side {
            for column in 0..<GarmentSprites.side {
                let byte = garment[row * GarmentSprites.side + column]
                let (y, x) = (top + down + row, left + right + column)
                pixels[y * CuedScene.side + x] = Float(byte) / 255
                if isTarget, byte >= SceneCanvas.ink {
                    labels[y / SceneCanvas.place * CuedScene.grid + x / SceneCanvas.place] += 1
                }
            }
        }
    }

    /// Turns the counts into labels.
    func finish() {
        for place in 0..<CuedScene.grid * CuedScene.grid {
            labels[place] = labels[place] >= SceneCanvas.quarter ? 1 : 0
        }
    }

    private func frame(_ top: Int, _ left: Int) {
        let last = SceneCanvas.slot - 1
        for step in 0...last {
            for (y, x) in [(0, step), (last, step), (step, 0), (step, last)] {
                pixels[(top + y) * CuedScene.side + left + x] = 1
            }
        }
    }
}
