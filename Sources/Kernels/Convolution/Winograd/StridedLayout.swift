/// Where the values of tiles at the 81 places lie, of `channels` floats each.
///
/// Along an axis the points come first, then the even pixels. A place is a point or pixel of the rows and one of the
/// columns.
struct StridedLayout {
    /// Which values lie next to each other.
    enum Order {
        /// A tile's, in the order of rows and columns: for products of tiles with weights.
        case byTile
        /// Those that belong to one weight, tile by tile: for sums over tiles, of which a block holds so many.
        case byWeight(blockCount: Int)
    }

    let order: Order
    let channels: Int

    /// Where rows of a tile's places lie: the first row's points of the columns and its even pixels, and the distances.
    struct Rows {
        let points, even: Int
        let pointStep: Int
        let rowStep, evenRowStep: Int
    }

    /// Floats from one tile to the next by tile, or of a whole block by weight.
    var count: Int {
        let places = StridedTransform.places * StridedTransform.places
        return switch order {
        case .byTile: WinogradTiles.stride(places: places, channels: channels)
        case .byWeight(let blockCount): places * blockCount * channels + WinogradTiles.pointCount * Self.gap
        }
    }

    /// The rows of points of a tile.
    @inline(__always)
    func pointRows(tile: Int) -> Rows {
        let points = StridedTransform.points
        if case .byTile = order {
            let (first, rowStep) = (tile &* count, StridedTransform.places &* channels)
            return Rows(
                points: first, even: first &+ points &* channels, pointStep: channels, rowStep: rowStep,
                evenRowStep: rowStep)
        }
        let rowStep = points &* runStep(1) &+ runStep(Self.evens)
        return Rows(
            points: tile &* channels, even: runStart(row: 0, column: points) &+ tile &* Self.evens &* channels,
            pointStep: runStep(1), rowStep: rowStep, evenRowStep: rowStep)
    }

    /// The rows of even pixels of a tile.
    @inline(__always)
    func evenRows(tile: Int) -> Rows {
        let points = StridedTransform.points
        if case .byTile = order {
            let rowStep = StridedTransform.places &* channels
            let first = tile &* count &+ points &* rowStep
            return Rows(
                points: first, even: first &+ points &* channels, pointStep: channels, rowStep: rowStep,
                evenRowStep: rowStep)
        }
        return Rows(
            points: runStart(row: points, column: 0) &+ tile &* Self.evens &* channels,
            even: runStart(row: points, column: points) &+ tile &* Self.evens &* Self.evens &* channels,
            pointStep: runStep(Self.evens), rowStep: channels, evenRowStep: Self.evens &* channels)
    }

    /// Where the values of one weight begin, by weight, and how many a tile has of them.
    func run(row: Int, column: Int) -> (start: Int, perTile: Int) {
        let perTile =
            (row < StridedTransform.points ? 1 : Self.evens) * (column < StridedTransform.points ? 1 : Self.evens)
        return (runStart(row: row, column: column), perTile)
    }

    /// In each of the first five rows five runs of one value a tile and one of four, in the sixth five of four and one of
    /// sixteen.
    @inline(__always)
    private func runStart(row: Int, column: Int) -> Int {
        let (one, four) = (runStep(1), runStep(Self.evens))
        let rows = row &* (StridedTransform.points &* one &+ four)
        return rows &+ column &* (row < StridedTransform.points ? one : four)
    }

    @inline(__always)
    private func runStep(_ perTile: Int) -> Int {
        guard case .byWeight(let blockCount) = order else { return 0 }
        return perTile &* blockCount &* channels &+ Self.gap
    }

    /// Even pixels along one axis.
    private static let evens = WinogradTransform.outputs
    /// A line between runs, so that they don't fall on the same lines of the cache.
    private static let gap = 16
}
