/// The transforms of images into values at the points, tile by tile: `Bᵀ·x·B` of inputs and `A·dy·Aᵀ` of output
/// gradients.
///
/// At least eight channels: the last vector is the last eight channels, so that none is partial.
struct WinogradInput {
    let tiles: WinogradTiles
    let channels: Int
    /// `zeroCount` zeros, which are read in place of the pixels outside the image.
    let zeros: FloatPointer
    /// How far two tiles' values at a point lie apart, in floats.
    let tileStep: Int
    /// How far a tile's values at two points lie apart.
    let pointStep: Int

    /// Floats of zeros for `channels` channels.
    static func zeroCount(channels: Int) -> Int { WinogradTransform.points * channels }

    /// Transforms the 6×6 inputs around `count` tiles from the cursor on, and moves it on.
    func transform(
        _ images: FloatPointer, _ cursor: inout WinogradTileCursor, count: Int, into target: MutableFloatPointer
    ) {
        for tile in 0..<count {
            let first = images + (cursor.pixel &- tiles.width &- 1) &* channels
            let rows = sixRows(first, from: cursor.row == 0 ? 1 : 0, to: tiles.height &- cursor.row &+ 1)
            let low = cursor.column == 0 ? 1 : 0
            let high = min(WinogradTransform.points, tiles.width &- cursor.column &+ 1)
            let values = target + tile &* tileStep
            if low == 0 && high == WinogradTransform.points {
                transform(rows, 0, WinogradTransform.points, into: values)
            } else {
                transform(rows, low, high, into: values)
            }
            cursor.advance()
        }
    }

    /// Transforms the 4×4 gradients of `count` tiles from the cursor on, and moves it on.
    func transformGradient(
        _ images: FloatPointer, _ cursor: inout WinogradTileCursor, count: Int, into target: MutableFloatPointer
    ) {
        for tile in 0..<count {
            let rows = sixRows(images + cursor.pixel &* channels, from: 0, to: cursor.rowCount)
            let values = target + tile &* tileStep
            if cursor.columnCount == WinogradTransform.outputs {
                transformGradient(rows, WinogradTransform.outputs, into: values)
            } else {
                transformGradient(rows, cursor.columnCount, into: values)
            }
            cursor.advance()
        }
    }

    /// Six rows of the image, zeros in place of those before `low` and from `high` on.
    @inline(__always)
    private func sixRows(_ first: FloatPointer, from low: Int, to high: Int) -> SixRows {
        let step = tiles.width &* channels
        var rows = SixRows(first, stride: step, count: Products.tileRows)
        if low > 0 { rows.row0 = zeros }
        if high < 2 { rows.row1 = zeros }
        if high < 3 { rows.row2 = zeros }
        if high < 4 { rows.row3 = zeros }
        if high < 5 { rows.row4 = zeros }
        if high < 6 { rows.row5 = zeros }
        return rows
    }

    @inline(__always)
    private func transform(_ rows: SixRows, _ low: Int, _ high: Int, into values: MutableFloatPointer) {
        forEachVector { channel in
            for column in 0..<WinogradTransform.points {
                let target = values + (column &* pointStep &+ channel)
                if column < low || column >= high {
                    SixValues(Float8(), Float8(), Float8(), Float8(), Float8(), Float8())
                        .store(target, step: WinogradTransform.points &* pointStep)
                    continue
                }
                let offset = column &* channels &+ channel
                let x = SixValues(
                    load8(rows.row0 + offset), load8(rows.row1 + offset), load8(rows.row2 + offset),
                    load8(rows.row3 + offset), load8(rows.row4 + offset), load8(rows.row5 + offset))
                WinogradTransform.input(x).store(target, step: WinogradTransform.points &* pointStep)
            }
            for row in 0..<WinogradTransform.points {
                let line = values + (row &* WinogradTransform.points &* pointStep &+ channel)
                WinogradTransform.input(SixValues<Float8>(line, step: pointStep)).store(line, step: pointStep)
            }
        }
    }

    @inline(__always)
    private func transformGradient(_ rows: SixRows, _ high: Int, into values: MutableFloatPointer) {
        forEachVector { channel in
            for column in 0..<WinogradTransform.outputs {
                let offset = column &* channels &+ channel
                let target = values + (column &* pointStep &+ channel)
                if column >= high {
                    SixValues(Float8(), Float8(), Float8(), Float8(), Float8(), Float8())
                        .store(target, step: WinogradTransform.points &* pointStep)
                    continue
                }
                let dy = FourValues(
                    load8(rows.row0 + offset), load8(rows.row1 + offset), load8(rows.row2 + offset),
                    load8(rows.row3 + offset))
                WinogradTransform.outputGradient(dy).store(target, step: WinogradTransform.points &* pointStep)
            }
            for row in 0..<WinogradTransform.points {
                let line = values + (row &* WinogradTransform.points &* pointStep &+ channel)
                WinogradTransform.outputGradient(FourValues<Float8>(line, step: pointStep)).store(line, step: pointStep)
            }
        }
    }

    /// Calls `body` with the first channel of each vector of eight.
    @inline(__always)
    private func forEachVector(_ body: (Int) -> Void) {
        for channel in stride(from: 0, to: channels, by: 8) { body(min(channel, channels &- 8)) }
    }
}
