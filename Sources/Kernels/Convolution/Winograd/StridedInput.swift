/// The transforms of images into values at the 81 places of a tile of a convolution of stride 2.
///
/// At least eight channels: the last vector is the last eight channels, so that none is partial.
struct StridedInput {
    /// The tiles of the convolution's outputs.
    let tiles: WinogradTiles
    /// The sizes of the convolution's inputs.
    let height: Int
    let width: Int
    let layout: StridedLayout
    /// Scratch: `scratchCount` floats, the first of which are zeros that are read in place of the pixels outside the image.
    private let zeros: FloatPointer
    private let columnValues: MutableFloatPointer

    private var channels: Int { layout.channels }

    /// Clears the zeros of the scratch.
    init(tiles: WinogradTiles, height: Int, width: Int, layout: StridedLayout, scratch: MutableFloatPointer) {
        self.tiles = tiles
        (self.height, self.width) = (height, width)
        self.layout = layout
        let zeroCount = Self.zeroCount(channels: layout.channels)
        scratch.update(repeating: 0, count: zeroCount)
        zeros = FloatPointer(scratch)
        columnValues = scratch + zeroCount
    }

    private static func zeroCount(channels: Int) -> Int { StridedTransform.places * roundedToEight(channels) }

    /// Floats of scratch for `channels` channels.
    static func scratchCount(channels: Int) -> Int {
        zeroCount(channels: channels) + StridedTransform.places * StridedTransform.places * 8
    }

    /// From one row of `columnValues` to the next.
    private static let rowStep = StridedTransform.places * 8

    /// Transforms the 9×9 inputs around `count` tiles from the cursor on, and moves it on.
    func transform(
        _ images: FloatPointer, _ cursor: inout WinogradTileCursor, count: Int, into target: MutableFloatPointer
    ) {
        for tile in 0..<count {
            let (row, column) = (2 &* cursor.row &- 1, 2 &* cursor.column &- 1)
            let first = images + ((cursor.image &* height &+ row) &* width &+ column) &* channels
            let rows = NineRows(
                first, stride: width &* channels, from: cursor.row == 0 ? 1 : 0, to: height &- row, else: zeros)
            let low = cursor.column == 0 ? 1 : 0
            let high = min(StridedTransform.places, width &- column)
            transform(rows, low, high, StridedTile(layout, tile: tile), into: target)
            cursor.advance()
        }
    }

    /// Transforms the 5×5 output gradients that `count` tiles' input gradients read, from the cursor on.
    func transformWindow(
        _ gradients: FloatPointer, _ cursor: inout WinogradTileCursor, count: Int, into target: MutableFloatPointer
    ) {
        for tile in 0..<count {
            let rows = NineRows(
                gradients + cursor.pixel &* channels, stride: tiles.width &* channels, from: 0,
                to: min(StridedTransform.points, tiles.height &- cursor.row), else: zeros)
            let high = min(StridedTransform.points, tiles.width &- cursor.column)
            transformWindow(rows, high, StridedTile(layout, tile: tile), into: target)
            cursor.advance()
        }
    }

    /// Transforms the 4×4 output gradients of `count` tiles from the cursor on, for the weight's gradient.
    func transformGradient(
        _ gradients: FloatPointer, _ cursor: inout WinogradTileCursor, count: Int, into target: MutableFloatPointer
    ) {
        for tile in 0..<count {
            let rows = NineRows(
                gradients + cursor.pixel &* channels, stride: tiles.width &* channels, from: 0, to: cursor.rowCount,
                else: zeros)
            transformGradient(rows, cursor.columnCount, StridedTile(layout, tile: tile), into: target)
            cursor.advance()
        }
    }

    @inline(__always)
    private func transform(
        _ rows: NineRows, _ low: Int, _ high: Int, _ tile: StridedTile, into values: MutableFloatPointer
    ) {
        forEachVector { channel in
            for column in 0..<StridedTransform.places {
                let place = (column & 1 == 0 ? 0 : StridedTransform.points) &+ column >> 1
                guard low <= column && column < high else {
                    storeZeros(column: place)
                    continue
                }
                let offset = column &* channels &+ channel
                storeColumn(StridedTransform.input(rows.odd(offset)), rows.even(offset), column: place)
            }
            forEachRow(tile, channel, values) { line, store in
                store(
                    StridedTransform.input(FiveValues<Float8>(line, step: 8)),
                    FourValues<Float8>(line + 8 &* StridedTransform.points, step: 8))
            }
        }
    }

    @inline(__always)
    private func transformWindow(_ rows: NineRows, _ high: Int, _ tile: StridedTile, into values: MutableFloatPointer) {
        forEachVector { channel in
            for column in 0..<StridedTransform.points {
                guard column < high else {
                    storeZeros(column: column)
                    continue
                }
                let dy = rows.firstFive(column &* channels &+ channel)
                storeColumn(StridedTransform.input(dy), dy.firstFour, column: column)
            }
            forEachRow(tile, channel, values) { line, store in
                let dy = FiveValues<Float8>(line, step: 8)
                store(StridedTransform.input(dy), dy.firstFour)
            }
        }
    }

    @inline(__always)
    private func transformGradient(_ rows: NineRows, _ high: Int, _ tile: StridedTile, into values: MutableFloatPointer)
    {
        forEachVector { channel in
            for column in 0..<WinogradTransform.outputs {
                guard column < high else {
                    storeZeros(column: column)
                    continue
                }
                let dy = rows.firstFive(column &* channels &+ channel).firstFour
                storeColumn(StridedTransform.outputGradient(dy), dy, column: column)
            }
            forEachRow(tile, channel, values) { line, store in
                let dy = FourValues<Float8>(line, step: 8)
                store(StridedTransform.outputGradient(dy), dy)
            }
        }
    }

    /// Keeps a column's points and even pixels until its rows are transformed.
    @inline(__always)
    private func storeColumn(_ points: FiveValues<Float8>, _ even: FourValues<Float8>, column: Int) {
        points.store(columnValues + 8 &* column, step: Self.rowStep)
        even.store(columnValues + (8 &* column &+ StridedTransform.points &* Self.rowStep), step: Self.rowStep)
    }

    @inline(__always)
    private func storeZeros(column: Int) {
        for row in 0..<StridedTransform.places { store8(Float8(), columnValues + (8 &* column &+ row &* Self.rowStep)) }
    }

    /// Calls `body` with each row of column values, and with what writes its points and even pixels.
    @inline(__always)
    private func forEachRow(
        _ tile: StridedTile, _ channel: Int, _ values: MutableFloatPointer,
        _ body: (_ line: FloatPointer, _ store: (FiveValues<Float8>, FourValues<Float8>) -> Void) -> Void
    ) {
        @inline(__always)
        func walk(_ rows: StridedLayout.Rows, from first: Int, to end: Int) {
            var (points, even) = (values + (rows.points &+ channel), values + (rows.even &+ channel))
            for row in first..<end {
                body(FloatPointer(columnValues + row &* Self.rowStep)) { pointValues, evenValues in
                    pointValues.store(points, step: rows.pointStep)
                    evenValues.store(even, step: channels)
                }
                points += rows.rowStep
                even += rows.evenRowStep
            }
        }
        walk(tile.pointRows, from: 0, to: StridedTransform.points)
        walk(tile.evenRows, from: StridedTransform.points, to: StridedTransform.places)
    }

    /// Calls `body` with the first channel of each vector of eight.
    @inline(__always)
    private func forEachVector(_ body: (Int) -> Void) {
        for channel in stride(from: 0, to: channels, by: 8) { body(min(channel, channels &- 8)) }
    }
}

/// Where a tile's values go.
private struct StridedTile {
    let pointRows, evenRows: StridedLayout.Rows

    @inline(__always)
    init(_ layout: StridedLayout, tile: Int) {
        (pointRows, evenRows) = (layout.pointRows(tile: tile), layout.evenRows(tile: tile))
    }
}

/// The addresses of nine rows of an image, zeros in place of those outside it.
private struct NineRows {
    private let row0, row1, row2, row3, row4, row5, row6, row7, row8: FloatPointer

    @inline(__always)
    init(_ first: FloatPointer, stride: Int, from low: Int, to high: Int, else zeros: FloatPointer) {
        @inline(__always)
        func row(_ index: Int) -> FloatPointer { low <= index && index < high ? first + index &* stride : zeros }
        (row0, row1, row2) = (row(0), row(1), row(2))
        (row3, row4, row5) = (row(3), row(4), row(5))
        (row6, row7, row8) = (row(6), row(7), row(8))
    }

    /// Vectors of the odd rows, which begin with the first, `offset` floats into them.
    @inline(__always)
    func odd(_ offset: Int) -> FiveValues<Float8> {
        FiveValues(
            load8(row0 + offset), load8(row2 + offset), load8(row4 + offset), load8(row6 + offset),
            load8(row8 + offset))
    }

    /// Vectors of the even rows.
    @inline(__always)
    func even(_ offset: Int) -> FourValues<Float8> {
        FourValues(load8(row1 + offset), load8(row3 + offset), load8(row5 + offset), load8(row7 + offset))
    }

    /// Vectors of the first five rows.
    @inline(__always)
    func firstFive(_ offset: Int) -> FiveValues<Float8> {
        FiveValues(
            load8(row0 + offset), load8(row1 + offset), load8(row2 + offset), load8(row3 + offset),
            load8(row4 + offset))
    }
}
