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
    fileprivate static let lineCount = 16
}

/// The inputs and output gradients that a weight's gradient sums next, asked for evenly over the tiles of the present block.
struct PrefetchedBlock {
    private var x, dy: PrefetchedRun

    /// `rows` rows of inputs and of output gradients, while `tiles` tiles of `steps` steps or more are summed.
    init(
        x: FloatPointer, xStride: Int, depth: Int, dy: FloatPointer, dyStride: Int, columns: Int, rows: Int, tiles: Int,
        steps: Int
    ) {
        let share = rows == 0 ? 0 : max(1, tiles &* depth / (depth &+ columns))
        self.x = PrefetchedRun(x, stride: xStride, width: depth, rows: rows, tiles: share, steps: steps)
        self.dy = PrefetchedRun(
            dy, stride: dyStride, width: columns, rows: rows, tiles: max(1, tiles &- share), steps: steps)
    }

    /// Two runs of `xCount` and `dyCount` floats.
    init(x: FloatPointer, xCount: Int, dy: FloatPointer, dyCount: Int, tiles: Int, steps: Int) {
        self.init(
            x: x, xStride: xCount, depth: xCount, dy: dy, dyStride: dyCount, columns: dyCount,
            rows: xCount &+ dyCount == 0 ? 0 : 1, tiles: tiles, steps: steps)
    }

    /// Where the next tile's requests begin, and how far apart they are.
    @inline(__always)
    mutating func next() -> (values: FloatPointer, step: Int) { x.isDone ? dy.next() : x.next() }
}

/// A part of a matrix, asked for tile by tile: without gaps between its rows as one run, else a line of each row at a time.
private struct PrefetchedRun {
    private let first: FloatPointer
    /// Floats to be covered along a run or along a row, and by one tile.
    private let count, share: Int
    /// From one step of a tile to the next.
    private let step: Int
    /// Every how many tiles one is asked for.
    private let spacing: Int
    private var position = 0
    private var pause = 0

    init(_ first: FloatPointer, stride: Int, width: Int, rows: Int, tiles: Int, steps: Int) {
        if stride == width {
            self.first = first
            count = rows &* width
            share = max(1, (count &+ tiles &- 1) / max(1, tiles))
            step = (share &+ steps &- 1) / steps
            spacing = 1
        } else {
            // From the beginning of a line on, so that a row's last line is not left out.
            let lead = Int(bitPattern: first) / 4 % PrefetchedRows.lineCount
            self.first = first - lead
            count = rows == 0 ? 0 : width &+ lead
            share = PrefetchedRows.lineCount
            step = stride
            spacing = max(1, tiles &* share / max(1, count))
        }
    }

    @inline(__always)
    var isDone: Bool { position >= count }

    @inline(__always)
    mutating func next() -> (values: FloatPointer, step: Int) {
        if position >= count || pause > 0 {
            pause &-= 1
            return (first, 0)
        }
        pause = spacing &- 1
        let values = first + position
        position &+= share
        return (values, step)
    }
}
