/// A 3×3 convolution of stride 1 by Winograd's F(4×4, 3×3): a block of tiles is transformed to 36 points, multiplied
/// with the weights at each point, and transformed back.
///
/// It serves forward passes and input gradients, which are convolutions of dy with the weights turned by 180°. A tile's
/// results depend on nothing but the tile, so they have the same bits however the images are split over calls.
struct WinogradConvolution {
    let tiles: WinogradTiles
    /// The summed channels, at least eight.
    let channels: Int
    /// The resulting channels.
    let columns: Int

    init(height: Int, width: Int, channels: Int, columns: Int) {
        tiles = WinogradTiles(height: height, width: width)
        self.channels = channels
        self.columns = columns
    }

    /// Tiles transformed at a time: two register tiles of them, whose values stay near; more where the weights are too
    /// large for the cache, so that they are read less often.
    private var blockCount: Int { (packedCount > 1 << 21 ? 8 : 2) * Products.tileRows }

    private var inputStride: Int { WinogradTiles.stride(channels: channels) }
    private var productStride: Int { WinogradTiles.stride(channels: Products.panelColumns) }
    private var zeroCount: Int { WinogradInput.zeroCount(channels: channels) }

    /// Floats of scratch that `convolve` takes.
    var scratchCount: Int { zeroCount + blockCount * (inputStride + productStride) }

    /// Convolves a range of images; weights as by `pack`. x and y point at image 0 of the whole batch.
    func convolve(
        images: Range<Int>, _ x: FloatPointer, packed: FloatPointer, bias: FloatPointer?, accumulate: Bool,
        into y: MutableFloatPointer, scratch: MutableFloatPointer
    ) {
        scratch.update(repeating: 0, count: zeroCount)
        let inputs = scratch + zeroCount
        let products = inputs + blockCount * inputStride
        let input = WinogradInput(
            tiles: tiles, channels: channels, zeros: scratch, tileStep: inputStride, pointStep: channels)
        var cursor = WinogradTileCursor(tiles, image: images.lowerBound)
        let total = images.count * tiles.count
        for first in stride(from: 0, to: total, by: blockCount) {
            let count = min(blockCount, total &- first)
            let start = cursor
            input.transform(x, &cursor, count: count, into: inputs)
            for column in stride(from: 0, to: columns, by: Products.panelColumns) {
                let lanes = min(Products.panelColumns, columns &- column)
                let panel = packed + column &* WinogradTiles.pointCount &* channels
                if lanes > 8 {
                    multiply(SIMD16<Float>.self, inputs, panel, count: count, into: products)
                } else {
                    multiply(SIMD8<Float>.self, inputs, panel, count: count, into: products)
                }
                for lane in stride(from: 0, to: lanes, by: 8) {
                    let output = WinogradOutput(
                        tiles: tiles, columns: columns, first: column &+ lane, bias: bias, accumulate: accumulate)
                    output.transform(products + lane, start, count: count, into: y)
                }
            }
        }
    }

    /// Multiplies the tiles with one panel of weights (36, channels, 16) at each point.
    @inline(__always)
    private func multiply<Lanes: FloatLanes>(
        _ type: Lanes.Type, _ inputs: FloatPointer, _ panel: FloatPointer, count: Int,
        into products: MutableFloatPointer
    ) {
        for tile in stride(from: 0, to: count, by: Products.tileRows) {
            let rows = min(Products.tileRows, count &- tile)
            var source = SixRows(inputs + tile &* inputStride, stride: inputStride, count: rows)
            var weights = panel
            for point in 0..<WinogradTiles.pointCount {
                let target = SixDestinations(
                    products + (tile &* productStride &+ point &* Products.panelColumns), stride: productStride,
                    count: rows)
                var sums = RegisterTile<Lanes>()
                sums.add(source, panel: weights, panelStep: Products.panelColumns, depth: channels)
                sums.store(target, rows: 0..<rows, columns: Products.panelColumns, accumulate: false)
                source.advance(by: channels)
                weights += channels &* Products.panelColumns
            }
        }
    }
}

extension WinogradConvolution {
    /// Floats of a packed weight.
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
        func column(_ index: Int) -> SixValues<Float8> {
            WinogradTransform.weight(ThreeValues(tap(index), tap(index &+ 3), tap(index &+ 6)))
        }
        @inline(__always)
        func store(_ row: Int, _ value0: Float8, _ value1: Float8, _ value2: Float8) {
            WinogradTransform.weight(ThreeValues(value0, value1, value2))
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
