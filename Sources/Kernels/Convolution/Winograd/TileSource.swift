/// The pixels that tiles read, as memory that the caches can be asked for while other tiles are multiplied.
///
/// Without it the transforms, between which memory is idle, wait for their inputs (docs/decisions/0005-prefetching.md).
struct TileSource {
    /// Image 0, and the sizes of all.
    let images: FloatPointer
    let height: Int
    let width: Int
    let channels: Int
    let tiles: WinogradTiles
    /// How many pixels lie between those of two neighbouring outputs: 1 or 2.
    let scale: Int

    /// What `count` tiles from the cursor's place on read, without the pixels that they share with others.
    func rows(_ cursor: WinogradTileCursor, count: Int) -> PrefetchedRows {
        let (side, column) = (WinogradTransform.outputs &* scale, scale &* cursor.column)
        let (first, floats) = run(cursor, count: count)
        if cursor.column / WinogradTransform.outputs &+ count > tiles.columns {
            return PrefetchedRows(first, stride: 0, width: floats, count: 1)
        }
        return PrefetchedRows(
            first + column &* channels, stride: width &* channels,
            width: min(count &* side, width &- column) &* channels, count: count == 0 ? 0 : side)
    }

    /// The same as whole rows of pixels: where they begin, and how many floats they are.
    func run(_ cursor: WinogradTileCursor, count: Int) -> (first: FloatPointer, floats: Int) {
        let (row, rowCount) = (scale &* cursor.row, width &* channels)
        let tileRows = (cursor.column / WinogradTransform.outputs &+ count &+ tiles.columns &- 1) / tiles.columns
        return (
            images + (cursor.image &* height &+ row) &* rowCount,
            count == 0 ? 0 : tileRows &* WinogradTransform.outputs &* scale &* rowCount
        )
    }
}
