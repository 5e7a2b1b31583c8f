/// The transforms of products at the 81 places of a tile into pixels, for one panel of channels: the outputs of a
/// convolution of stride 2, or its inputs' gradients.
///
/// While a tile is written, the caches are asked for where its right neighbour goes.
struct StridedOutput {
    /// The sizes of the images that are written.
    let height: Int
    let width: Int
    /// Channels of the images, the first of the panel, and how many of them there are.
    let columns: Int
    let first: Int
    let count: Int
    let bias: FloatPointer?
    /// Adds to what is in the images instead of overwriting it.
    let accumulate: Bool

    private static let placeStep = Products.panelColumns
    private static let rowStep = StridedTransform.places * Products.panelColumns
    /// From a tile's points to its even pixels along one axis.
    private static let toEven = StridedTransform.points
    private static let outputs = WinogradTransform.outputs

    /// Transforms `tiles` tiles to 4×4 outputs, from the cursor's place on. Their products (81, 16) are used up.
    func transform(
        _ products: MutableFloatPointer, step: Int, _ start: WinogradTileCursor, tiles: Int,
        into y: MutableFloatPointer
    ) {
        var cursor = start
        for tile in 0..<tiles {
            let place = products + tile &* step
            let target = y + (cursor.pixel &* columns &+ first)
            let isWhole = cursor.columnCount == Self.outputs && !accumulate
            for lane in stride(from: 0, to: count, by: 8) {
                transformColumns(place + lane, addingEven: true)
                let lanes = min(8, count &- lane)
                let offset = bias.map { load8($0 + (first &+ lane), lanes: lanes) } ?? Float8()
                for row in 0..<cursor.rowCount {
                    let line = place + (row &* Self.rowStep &+ lane)
                    let pixel = target + (row &* width &* columns &+ lane)
                    if isWhole && lanes == 8 {
                        storeOutputs(line, offset, pixel)
                    } else {
                        putOutputs(line, offset, pixel, count: cursor.columnCount, lanes: lanes)
                    }
                }
            }
            cursor.advance()
        }
    }

    /// Transforms `tiles` tiles to the gradients of 8×8 inputs, from the cursor's place on. Their products are used up.
    func transformGradient(
        _ products: MutableFloatPointer, step: Int, _ start: WinogradTileCursor, tiles: Int,
        into dx: MutableFloatPointer
    ) {
        var cursor = start
        for tile in 0..<tiles {
            let place = products + tile &* step
            let (row, column) = (2 &* cursor.row, 2 &* cursor.column)
            let target = dx + (((cursor.image &* height &+ row) &* width &+ column) &* columns &+ first)
            let pixels = min(2 &* Self.outputs, width &- column)
            for lane in stride(from: 0, to: count, by: 8) {
                transformColumns(place + lane, addingEven: false)
                let lanes = min(8, count &- lane)
                let isWhole = pixels == 2 &* Self.outputs && lanes == 8 && !accumulate
                for pixelRow in 0..<min(2 &* Self.outputs, height &- row) {
                    let index = (pixelRow & 1 == 0 ? Self.toEven : 0) &+ pixelRow >> 1
                    let line = place + (index &* Self.rowStep &+ lane)
                    let pixel = target + (pixelRow &* width &* columns &+ lane)
                    if isWhole {
                        storeGradients(line, pixel)
                    } else {
                        putGradients(line, pixel, count: pixels, lanes: lanes)
                    }
                }
            }
            cursor.advance()
        }
    }

    /// Transforms the points of each column, in place; outputs take the even pixels up as well.
    @inline(__always)
    private func transformColumns(_ place: MutableFloatPointer, addingEven: Bool) {
        for column in 0..<StridedTransform.places {
            let line = place + column &* Self.placeStep
            let odd = StridedTransform.output(FiveValues<Float8>(line, step: Self.rowStep))
            guard addingEven else {
                odd.store(line, step: Self.rowStep)
                continue
            }
            (odd + FourValues(line + Self.toEven &* Self.rowStep, step: Self.rowStep)).store(line, step: Self.rowStep)
        }
    }

    /// Four outputs of a row, or the gradients of its four odd pixels.
    @inline(__always)
    private func odd(_ line: FloatPointer) -> FourValues<Float8> {
        StridedTransform.output(FiveValues(line, step: Self.placeStep))
    }

    /// What belongs to the even pixels of a row.
    @inline(__always)
    private func even(_ line: FloatPointer) -> FourValues<Float8> {
        FourValues(line + Self.toEven &* Self.placeStep, step: Self.placeStep)
    }

    /// Writes a row of four outputs.
    @inline(__always)
    private func storeOutputs(_ line: FloatPointer, _ offset: Float8, _ target: MutableFloatPointer) {
        prefetchFour(target + Self.outputs &* columns, step: columns)
        (odd(line) + even(line) + offset).store(target, step: columns)
    }

    private func putOutputs(
        _ line: FloatPointer, _ offset: Float8, _ target: MutableFloatPointer, count: Int, lanes: Int
    ) {
        put(odd(line) + even(line) + offset, target, step: columns, count: count, lanes: lanes)
    }

    /// Writes a row of eight gradients, even and odd pixels in turn.
    @inline(__always)
    private func storeGradients(_ line: FloatPointer, _ target: MutableFloatPointer) {
        prefetchFour(target + 2 &* Self.outputs &* columns, step: columns)
        prefetchFour(target + 3 &* Self.outputs &* columns, step: columns)
        even(line).store(target, step: 2 &* columns)
        odd(line).store(target + columns, step: 2 &* columns)
    }

    private func putGradients(_ line: FloatPointer, _ target: MutableFloatPointer, count: Int, lanes: Int) {
        put(even(line), target, step: 2 &* columns, count: (count &+ 1) / 2, lanes: lanes)
        put(odd(line), target + columns, step: 2 &* columns, count: count / 2, lanes: lanes)
    }

    /// Writes the first `count` pixels and `lanes` channels only.
    @inline(__always)
    private func put(
        _ values: FourValues<Float8>, _ address: MutableFloatPointer, step: Int, count: Int, lanes: Int
    ) {
        if count > 0 { put8(values.value0, address, lanes: lanes, adding: accumulate) }
        if count > 1 { put8(values.value1, address + step, lanes: lanes, adding: accumulate) }
        if count > 2 { put8(values.value2, address + 2 &* step, lanes: lanes, adding: accumulate) }
        if count > 3 { put8(values.value3, address + 3 &* step, lanes: lanes, adding: accumulate) }
    }
}

extension FourValues {
    @inline(__always)
    fileprivate static func + (a: Self, b: Self) -> Self {
        FourValues(a.value0 + b.value0, a.value1 + b.value1, a.value2 + b.value2, a.value3 + b.value3)
    }

    @inline(__always)
    fileprivate static func + (a: Self, b: Lanes) -> Self {
        FourValues(a.value0 + b, a.value1 + b, a.value2 + b, a.value3 + b)
    }
}
