/// The transform of products at the points into output pixels, `Aᵀ·m·A + bias`, for up to eight channels.
struct WinogradOutput {
    let tiles: WinogradTiles
    /// Channels of the output, the first of the eight, and how many of them there are.
    let columns: Int
    let first: Int
    let bias: FloatPointer?
    /// Adds to what is in the output instead of overwriting it.
    let accumulate: Bool

    private var lanes: Int { min(8, columns - first) }

    /// Transforms `count` tiles from the cursor's place on. Their products (36, 16) are used up.
    func transform(
        _ products: MutableFloatPointer, step: Int, _ start: WinogradTileCursor, count: Int,
        into y: MutableFloatPointer
    ) {
        let offset = bias.map { load8($0 + first, lanes: lanes) } ?? Float8()
        var cursor = start
        for tile in 0..<count {
            let place = products + tile &* step
            let target = y + (cursor.pixel &* columns &+ first)
            let (rows, width) = (cursor.rowCount, cursor.columnCount)
            if rows &+ width == 2 &* WinogradTransform.outputs && lanes == 8 && !accumulate {
                transformWhole(place, offset, into: target)
            } else {
                transformPart(place, offset, rows: rows, columns: width, into: target)
            }
            cursor.advance()
        }
    }

    @inline(__always)
    private func transformWhole(_ place: MutableFloatPointer, _ offset: Float8, into y: MutableFloatPointer) {
        transformColumns(place)
        for row in 0..<WinogradTransform.outputs {
            let target = y + row &* tiles.width &* columns
            prefetchFour(target + WinogradTransform.outputs &* columns, step: columns)
            let values = transformRow(row, place)
            store8(values.value0 + offset, target)
            store8(values.value1 + offset, target + columns)
            store8(values.value2 + offset, target + 2 &* columns)
            store8(values.value3 + offset, target + 3 &* columns)
        }
    }

    /// Writes the first `rows` × `columns` pixels only.
    @inline(__always)
    private func transformPart(
        _ place: MutableFloatPointer, _ offset: Float8, rows: Int, columns count: Int, into y: MutableFloatPointer
    ) {
        transformColumns(place)
        for row in 0..<rows {
            let target = y + row &* tiles.width &* columns
            let values = transformRow(row, place)
            put(values.value0 + offset, target)
            if count > 1 { put(values.value1 + offset, target + columns) }
            if count > 2 { put(values.value2 + offset, target + 2 &* columns) }
            if count > 3 { put(values.value3 + offset, target + 3 &* columns) }
        }
    }

    @inline(__always)
    private func transformColumns(_ place: MutableFloatPointer) {
        let step = WinogradTransform.points &* Products.panelColumns
        for column in 0..<WinogradTransform.points {
            let line = place + column &* Products.panelColumns
            WinogradTransform.output(SixValues<Float8>(line, step: step)).store(line, step: step)
        }
    }

    @inline(__always)
    private func transformRow(_ row: Int, _ place: FloatPointer) -> FourValues<Float8> {
        let line = place + row &* WinogradTransform.points &* Products.panelColumns
        return WinogradTransform.output(SixValues(line, step: Products.panelColumns))
    }

    @inline(__always)
    private func put(_ value: Float8, _ address: MutableFloatPointer) {
        put8(value, address, lanes: lanes, adding: accumulate)
    }
}
