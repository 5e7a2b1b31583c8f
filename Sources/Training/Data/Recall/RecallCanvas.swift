/// The eight colours that values have.
enum RecallPalette {
    static let names = ["red", "green", "blue", "yellow", "magenta", "cyan", "orange", "violet"]
    /// Red, green and blue from 0 to 1.
    static let colours: [SIMD3<Float>] = [
        [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 0.5, 0], [0.5, 0, 1],
    ]
}

/// Draws cells into an image of `size` × `size` × 3 numbers.
struct RecallCanvas {
    let pixels: UnsafeMutablePointer<Float>
    let size: Int

    private var cell: Int { size / RecallGrid.cells }
    /// The side of one bit of a glyph in pixels, and the space before the first.
    private var dot: Int { cell / 4 }
    private var margin: Int { (cell - 3 * dot) / 2 }

    /// Fills a cell with one colour.
    func fill(_ colour: SIMD3<Float>, at place: Int) {
        for y in 0..<cell {
            let row = start(of: place, y)
            for x in 0..<cell {
                row[3 * x] = colour.x
                row[3 * x + 1] = colour.y
                row[3 * x + 2] = colour.z
            }
        }
    }

    /// Draws a glyph white on black, or black on white.
    func glyph(_ key: Int, at place: Int, inverted: Bool) {
        let (ink, paper): (Float, Float) = inverted ? (0, 1) : (1, 0)
        fill([paper, paper, paper], at: place)
        for bit in 0..<9 where key >> bit & 1 == 1 {
            for y in 0..<dot {
                let row = start(of: place, margin + bit / 3 * dot + y) + 3 * (margin + bit % 3 * dot)
                row.update(repeating: ink, count: 3 * dot)
            }
        }
    }

    /// The first number of row `y` of a cell.
    private func start(of place: Int, _ y: Int) -> UnsafeMutablePointer<Float> {
        let (row, column) = (place / RecallGrid.cells, place % RecallGrid.cells)
        return pixels + ((row * cell + y) * size + column * cell) * 3
    }
}
