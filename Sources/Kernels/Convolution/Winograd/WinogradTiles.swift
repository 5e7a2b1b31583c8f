/// The 4×4 output tiles of images, in the order of images, tile rows and tile columns.
struct WinogradTiles {
    let height: Int
    let width: Int

    var rows: Int { (height + WinogradTransform.outputs - 1) / WinogradTransform.outputs }
    var columns: Int { (width + WinogradTransform.outputs - 1) / WinogradTransform.outputs }

    /// Tiles of one image.
    var count: Int { rows * columns }

    /// Floats from one tile's values at the points to the next tile's, for values of `channels` floats at each of `places`.
    ///
    /// One line more than the values take, so that tiles don't fall on the same lines of the cache.
    static func stride(places: Int, channels: Int) -> Int { places * channels + 16 }

    /// The number of the weight that a tile's values at a place are multiplied with: at stride 2 the even pixels share
    /// the last one of each axis.
    @inline(__always)
    static func weightPoint(row: Int, column: Int) -> Int {
        WinogradTransform.points &* min(row, WinogradTransform.points &- 1)
            &+ min(column, WinogradTransform.points &- 1)
    }

    /// Points of a tile at stride 1, and of the weights at either stride.
    static let pointCount = WinogradTransform.points * WinogradTransform.points
}

/// A place in the tiles of images that moves on tile by tile.
struct WinogradTileCursor {
    private let tiles: WinogradTiles
    /// The image's number.
    private(set) var image: Int
    private var tileRow = 0
    private var tileColumn = 0

    /// The first tile of an image.
    init(_ tiles: WinogradTiles, image: Int) {
        self.tiles = tiles
        self.image = image
    }

    /// The image row and column of the tile's first output.
    @inline(__always)
    var row: Int { tileRow &* WinogradTransform.outputs }
    @inline(__always)
    var column: Int { tileColumn &* WinogradTransform.outputs }

    /// The number of the tile's first output pixel, over all images.
    @inline(__always)
    var pixel: Int { (image &* tiles.height &+ row) &* tiles.width &+ column }

    /// How many of the tile's rows and columns lie within the image.
    @inline(__always)
    var rowCount: Int { min(WinogradTransform.outputs, tiles.height &- row) }
    @inline(__always)
    var columnCount: Int { min(WinogradTransform.outputs, tiles.width &- column) }

    @inline(__always)
    mutating func advance() {
        tileColumn &+= 1
        if tileColumn < tiles.columns { return }
        tileColumn = 0
        tileRow &+= 1
        if tileRow < tiles.rows { return }
        tileRow = 0
        image &+= 1
    }
}
