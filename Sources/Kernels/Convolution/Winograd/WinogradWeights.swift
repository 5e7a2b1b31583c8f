/// A 3×3 convolution's weights, transformed to the points of Winograd's algorithm and packed for its products.
struct WinogradWeights {
    /// Whether they are those of stride 2 (`StridedTransform`) rather than of stride 1 (`WinogradTransform`).
    let isStrided: Bool
    /// The summed channels.
    let channels: Int
    /// The resulting channels.
    let columns: Int

    /// Floats of the packed form.
    var packedCount: Int { WinogradTiles.pointCount * Products.packedCount(columns: columns, depth: channels) }

    /// Transforms and packs panels of a weight, `columnStep` floats from column to column and `channelStep` from channel to
    /// channel, nine taps each, which are `flipped` for a gradient.
    ///
    /// The packed form is (columns/16, 36, channels, 16), zeros behind the last column.
    func pack(
        panels: Range<Int>, _ weight: FloatPointer, columnStep: Int, channelStep: Int, flipped: Bool,
        into packed: MutableFloatPointer
    ) {
        let step = channels * Products.panelColumns
        for panel in panels {
            for half in stride(from: 0, to: Products.panelColumns, by: 8) {
                let column = panel * Products.panelColumns + half
                let lanes = min(8, max(0, columns - column))
                for channel in 0..<channels {
                    let taps = weight + (column * columnStep + channel * channelStep)
                    let row = panel * WinogradTiles.pointCount * channels + channel
                    let target = packed + (row * Products.panelColumns + half)
                    pack(taps, columnStep, lanes, flipped, into: target, step: step)
                }
            }
        }
    }

    /// Transforms eight columns' taps of one channel.
    @inline(__always)
    private func pack(
        _ taps: FloatPointer, _ columnStep: Int, _ lanes: Int, _ flipped: Bool, into target: MutableFloatPointer,
        step: Int
    ) {
        @inline(__always)
        func tap(_ index: Int) -> Float8 {
            let place = taps + (flipped ? 8 &- index : index)
            var values = Float8()
            for lane in 0..<lanes { values[lane] = place[lane &* columnStep] }
            return values
        }
        @inline(__always)
        func transform(_ taps: ThreeValues<Float8>) -> SixValues<Float8> {
            isStrided ? StridedTransform.weight(taps) : WinogradTransform.weight(taps)
        }
        @inline(__always)
        func column(_ index: Int) -> SixValues<Float8> {
            transform(ThreeValues(tap(index), tap(index &+ 3), tap(index &+ 6)))
        }
        @inline(__always)
        func store(_ row: Int, _ value0: Float8, _ value1: Float8, _ value2: Float8) {
            transform(ThreeValues(value0, value1, value2))
                .store(target + row &* WinogradTransform.points &* step, step: step)
        }
        let (left, middle, right) = (column(0), column(1), column(2))
        store(0, left.value0, middle.value0, right.value0)
        store(1, left.value1, middle.value1, right.value1)
        store(2, left.value2, middle.value2, right.value2)
        store(3, left.value3, middle.value3, right.value3)
        store(4, left.value4, middle.value4, right.value4)
        store(5, left.value5, middle.value5, right.value5)
    }
}
