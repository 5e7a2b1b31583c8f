import Experiments

/// The eight colours that values have.
enum RecallPalette {
    static let names = ["red", "green", "blue", "yellow", "magenta", "cyan", "orange", "violet"]
    /// Red, green and blue from 0 to 1.
    static let colours: [SIMD3<Float>] = [
        [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 0.5, 0], [0.5, 0, 1],
    ]
}

/// Draws the 8 × 8 cells of an image of `size` × `size` × 3 numbers. Places count cells in reading order.
struct CellCanvas {
    /// Cells along each side.
    static let cells = 8

    let pixels: UnsafeMutablePointer<Float>
    let size: Int

    private var cell: Int { size / CellCanvas.cells }
    /// The side of one bit of a glyph in pixels, and the space before the first.
    private var dot: Int { cell / 4 }
    private var margin: Int { (cell - 3 * dot) / 2 }

    /// - Throws: `DataError.unsuitable` where the settings ask for a size that can't be drawn.
    static func check(_ settings: DatasetSettings) throws(DataError) {
        guard let size = settings.size, size != 32, size != 64 else { return }
        throw DataError(
            .unsuitable, "\(settings.name) can't be drawn \(size) pixels wide",
            remedy: "write `size: 32` or `size: 64`")
    }

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

    /// Draws a glyph of 3 × 3 bits, white on black or black on white; bit 0 is its first in reading order.
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
        let (row, column) = (place / CellCanvas.cells, place % CellCanvas.cells)
        return pixels + ((row * cell + y) * size + column * cell) * 3
    }
}
