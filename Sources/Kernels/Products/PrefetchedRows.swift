import CPrefetch

/// Rows that will be read soon: the caches are asked for them a few lines at a time, while other rows are computed.
///
/// Without it a product of a few dozen channels waits for memory a third of its time (docs/decisions/0005-prefetching.md).
/// No value depends on it.
struct PrefetchedRows {
    private var row: FloatPointer
    private var column = 0
    private let width: Int
    private let stride: Int
    private var rows: Int

    /// `count` rows of `width` floats, `stride` floats apart.
    @inline(__always)
    init(_ first: FloatPointer, stride: Int, width: Int, count: Int) {
        row = first
        self.width = width
        self.stride = stride
        rows = count
    }

    /// The cache lines of all the rows together.
    @inline(__always)
    var lines: Int { rows &* ((width &+ Self.lineCount &- 1) / Self.lineCount) }

    /// Asks for the next `count` lines.
    @inline(__always)
    mutating func fetch(_ count: Int) {
        var remaining = count
        while remaining > 0 && rows > 0 {
            prefetch_for_reading(row + column)
            remaining &-= 1
            column &+= Self.lineCount
            if column >= width {
                column = 0
                row += stride
                rows &-= 1
            }
        }
    }

    /// Floats of a cache line.
    private static let lineCount = 16
}

/// The inputs and output gradients that a weight's gradient sums next, asked for evenly over the tiles of the present block.
struct PrefetchedBlock {
    private let x, dy: FloatPointer
    private let xCount, total, perTile: Int
    private var position = 0

    /// Two runs of `xCount` and `dyCount` floats, while `tiles` tiles are summed.
    @inline(__always)
    init(x: FloatPointer, xCount: Int, dy: FloatPointer, dyCount: Int, tiles: Int) {
        (self.x, self.dy, self.xCount) = (x, dy, xCount)
        total = xCount &+ dyCount
        perTile = (total &+ tiles &- 1) / tiles
    }

    /// Where the next tile's requests begin, and how far apart they are for `steps` of them to cover its share.
    @inline(__always)
    mutating func next(steps: Int) -> (values: FloatPointer, step: Int) {
        guard position < total else { return (x, 0) }
        let values = position < xCount ? x + position : dy + (position &- xCount)
        position &+= perTile
        return (values, (perTile &+ steps &- 1) / steps)
    }
}
