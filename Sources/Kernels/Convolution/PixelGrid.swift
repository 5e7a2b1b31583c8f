/// A grid of pixels over several images, and where each pixel is read and written.
struct PixelGrid {
    /// How far two neighbours lie apart, in floats.
    struct Steps {
        let image: Int
        let row: Int
        let column: Int
    }

    let images: Int
    let rows: Int
    let columns: Int
    let source: Steps
    let target: Steps

    var pixelCount: Int { images * rows * columns }
}

/// A place in a pixel grid that moves on pixel by pixel: along the row, down the image, to the next image.
struct PixelCursor {
    private let grid: PixelGrid
    private(set) var sourceOffset: Int
    private(set) var targetOffset: Int
    private var row: Int
    private var column: Int

    /// The place of pixel number `pixel`.
    init(_ grid: PixelGrid, at pixel: Int) {
        self.grid = grid
        let (line, column) = pixel.quotientAndRemainder(dividingBy: grid.columns)
        let (image, row) = line.quotientAndRemainder(dividingBy: grid.rows)
        self.row = row
        self.column = column
        sourceOffset = image &* grid.source.image &+ row &* grid.source.row &+ column &* grid.source.column
        targetOffset = image &* grid.target.image &+ row &* grid.target.row &+ column &* grid.target.column
    }

    /// Pixels from here to the end of the row.
    @inline(__always)
    var remainingInRow: Int { grid.columns &- column }

    /// Floats from one pixel of the row to the next, where pixels are read.
    @inline(__always)
    var sourceStep: Int { grid.source.column }

    @inline(__always)
    mutating func advance() {
        column &+= 1
        sourceOffset &+= grid.source.column
        targetOffset &+= grid.target.column
        if column == grid.columns { endRow() }
    }

    /// Moves on by `count` pixels that all lie in this row.
    @inline(__always)
    mutating func advanceInRow(_ count: Int) {
        column &+= count
        sourceOffset &+= count &* grid.source.column
        targetOffset &+= count &* grid.target.column
        if column == grid.columns { endRow() }
    }

    @inline(__always)
    private mutating func endRow() {
        column = 0
        row &+= 1
        sourceOffset &+= grid.source.row &- grid.columns &* grid.source.column
        targetOffset &+= grid.target.row &- grid.columns &* grid.target.column
        if row == grid.rows {
            row = 0
            sourceOffset &+= grid.source.image &- grid.rows &* grid.source.row
            targetOffset &+= grid.target.image &- grid.rows &* grid.target.row
        }
    }
}
