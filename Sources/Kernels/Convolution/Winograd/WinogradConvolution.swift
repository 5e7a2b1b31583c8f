/// A 3×3 convolution by Winograd's algorithm, four outputs at a time along each axis: a block of tiles is transformed to
/// points, multiplied with the weights at each point, and transformed back.
///
/// It serves forward passes and input gradients of stride 1 and 2. A tile's results depend on nothing but the tile, so they
/// have the same bits however the images are split over calls.
struct WinogradConvolution {
    /// What is convolved, and so which transforms come before and after the products.
    enum Kind {
        /// Stride 1: a forward pass, or an input's gradient with the weights turned by 180°.
        case plain
        /// A forward pass of stride 2.
        case halving
        /// An input's gradient of stride 2.
        case doubling
    }

    let kind: Kind
    /// The sizes of the images on the larger side.
    let height: Int
    let width: Int
    /// The tiles of the forward pass's outputs.
    let tiles: WinogradTiles
    /// The summed channels, at least eight.
    let channels: Int
    /// The resulting channels.
    let columns: Int

    /// The kernels of a convolution of `height` × `width` inputs.
    init(_ kind: Kind, height: Int, width: Int, channels: Int, columns: Int) {
        self.kind = kind
        (self.height, self.width) = (height, width)
        tiles =
            kind == .plain
            ? WinogradTiles(height: height, width: width)
            : WinogradTiles(height: (height + 1) / 2, width: (width + 1) / 2)
        self.channels = channels
        self.columns = columns
    }

    var weights: WinogradWeights {
        WinogradWeights(isStrided: kind != .plain, channels: channels, columns: columns)
    }

    /// Tiles transformed at a time: two register tiles of them, whose values stay near; more where the weights are too
    /// large for the cache, so that they are read less often.
    private var blockCount: Int { (weights.packedCount > 1 << 21 ? 8 : 2) * Products.tileRows }

    /// Points along one axis, at stride 2 with the even pixels.
    private var axisPlaces: Int { kind == .plain ? WinogradTransform.points : StridedTransform.places }

    private var inputStride: Int { WinogradTiles.stride(places: axisPlaces * axisPlaces, channels: channels) }
    private var productStride: Int {
        WinogradTiles.stride(places: axisPlaces * axisPlaces, channels: Products.panelColumns)
    }
    private var inputScratchCount: Int {
        kind == .plain
            ? WinogradInput.zeroCount(channels: channels) : StridedInput.scratchCount(channels: channels)
    }

    /// Floats of scratch that `convolve` takes.
    var scratchCount: Int { inputScratchCount + blockCount * (inputStride + productStride) }

    /// Convolves a range of images; weights as by `WinogradWeights.pack`. x and y point at image 0 of the whole batch.
    func convolve(
        images: Range<Int>, _ x: FloatPointer, packed: FloatPointer, bias: FloatPointer?, accumulate: Bool,
        into y: MutableFloatPointer, scratch: MutableFloatPointer
    ) {
        let inputs = scratch + inputScratchCount
        let products = inputs + blockCount * inputStride
        var cursor = WinogradTileCursor(tiles, image: images.lowerBound)
        let total = images.count * tiles.count
        for first in stride(from: 0, to: total, by: blockCount) {
            let count = min(blockCount, total &- first)
            let start = cursor
            transformInput(x, scratch, &cursor, count: count, into: inputs)
            var ahead = source(x).rows(cursor, count: min(blockCount, total &- first &- count))
            let linesPerProduct = (ahead.lines &+ productCount(count) &- 1) / productCount(count)
            for column in stride(from: 0, to: columns, by: Products.panelColumns) {
                let lanes = min(Products.panelColumns, columns &- column)
                let panel = packed + column &* WinogradTiles.pointCount &* channels
                if lanes > 8 {
                    multiply(
                        SIMD16<Float>.self, inputs, panel, count: count, into: products, ahead: &ahead, linesPerProduct)
                } else {
                    multiply(
                        SIMD8<Float>.self, inputs, panel, count: count, into: products, ahead: &ahead, linesPerProduct)
                }
                transformOutput(
                    products, start, first: column, lanes: lanes, count: count, bias: bias, accumulate: accumulate,
                    into: y)
            }
        }
    }

    /// Register tiles that `count` tiles are multiplied in.
    private func productCount(_ count: Int) -> Int {
        (count &+ Products.tileRows &- 1) / Products.tileRows &* axisPlaces &* axisPlaces
            &* Products.panelCount(columns: columns)
    }

    /// The images that are transformed.
    private func source(_ x: FloatPointer) -> TileSource {
        let isForward = kind == .halving
        return TileSource(
            images: x, height: isForward ? height : tiles.height, width: isForward ? width : tiles.width,
            channels: channels, tiles: tiles, scale: isForward ? 2 : 1)
    }

    private func transformInput(
        _ x: FloatPointer, _ scratch: MutableFloatPointer, _ cursor: inout WinogradTileCursor, count: Int,
        into inputs: MutableFloatPointer
    ) {
        if kind == .plain {
            scratch.update(repeating: 0, count: inputScratchCount)
            WinogradInput(tiles: tiles, channels: channels, zeros: scratch, tileStep: inputStride, pointStep: channels)
                .transform(x, &cursor, count: count, into: inputs)
            return
        }
        let input = StridedInput(
            tiles: tiles, height: height, width: width, layout: StridedLayout(order: .byTile, channels: channels),
            scratch: scratch)
        if kind == .halving {
            input.transform(x, &cursor, count: count, into: inputs)
        } else {
            input.transformWindow(x, &cursor, count: count, into: inputs)
        }
    }

    private func transformOutput(
        _ products: MutableFloatPointer, _ start: WinogradTileCursor, first: Int, lanes: Int, count: Int,
        bias: FloatPointer?, accumulate: Bool, into y: MutableFloatPointer
    ) {
        if kind == .plain {
            for lane in stride(from: 0, to: lanes, by: 8) {
                WinogradOutput(
                    tiles: tiles, columns: columns, first: first + lane, bias: bias, accumulate: accumulate
                ).transform(products + lane, step: productStride, start, count: count, into: y)
            }
            return
        }
        let isForward = kind == .halving
        let output = StridedOutput(
            height: isForward ? tiles.height : height, width: isForward ? tiles.width : width, columns: columns,
            first: first, count: lanes, bias: bias, accumulate: accumulate)
        if isForward {
            output.transform(products, step: productStride, start, tiles: count, into: y)
        } else {
            output.transformGradient(products, step: productStride, start, tiles: count, into: y)
        }
    }

    /// Multiplies the tiles with one panel of weights (36, channels, 16) at each point. Meanwhile the caches are asked for
    /// `linesPerProduct` lines of `ahead` a register tile.
    @inline(__always)
    private func multiply<Lanes: FloatLanes>(
        _ type: Lanes.Type, _ inputs: FloatPointer, _ panel: FloatPointer, count: Int,
        into products: MutableFloatPointer, ahead: inout PrefetchedRows, _ linesPerProduct: Int
    ) {
        for tile in stride(from: 0, to: count, by: Products.tileRows) {
            let rows = min(Products.tileRows, count &- tile)
            var source = SixRows(inputs + tile &* inputStride, stride: inputStride, count: rows)
            var target = products + tile &* productStride
            for row in 0..<axisPlaces {
                for column in 0..<axisPlaces {
                    let point = WinogradTiles.weightPoint(row: row, column: column)
                    ahead.fetch(linesPerProduct)
                    var sums = RegisterTile<Lanes>()
                    sums.add(
                        source, panel: panel + point &* channels &* Products.panelColumns,
                        panelStep: Products.panelColumns, depth: channels)
                    if rows == Products.tileRows {
                        sums.store(SixDestinations(target, stride: productStride))
                    } else {
                        sums.store(
                            SixDestinations(target, stride: productStride, count: rows), rows: 0..<rows,
                            columns: Lanes.scalarCount, accumulate: false)
                    }
                    source.advance(by: channels)
                    target += Products.panelColumns
                }
            }
        }
    }
}
