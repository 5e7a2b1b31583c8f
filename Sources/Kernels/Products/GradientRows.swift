/// A block of rows of an output gradient, read six columns at a time by the weight-gradient tiles.
///
/// A group of six columns is read in place where that is cheap. The last, partial group, and every group of a wide
/// gradient, are first copied next to each other; missing columns become zero.
struct GradientRows {
    /// Rows of one block: a panel of 256 × 16 inputs fills half of a first-level cache.
    static let blockRows = 256

    /// Up to this many columns a block of rows stays in the first-level cache as it is.
    private static let widestInPlace = 24

    private let stride: Int
    private let columns: Int
    private let firstPacked: Int
    private let packed: MutableFloatPointer
    private var first: FloatPointer

    /// The floats of scratch that a gradient of `columns` columns takes.
    static func scratchCount(columns: Int) -> Int {
        (columns + Products.tileRows - 1) / Products.tileRows * Products.tileRows * blockRows
    }

    init(_ gradient: FloatPointer, stride: Int, columns: Int, scratch: MutableFloatPointer) {
        self.stride = stride
        self.columns = columns
        firstPacked = columns > Self.widestInPlace ? 0 : columns / Products.tileRows
        packed = scratch
        first = gradient
    }

    /// Takes up `count` rows from row `row` on; they serve until the next call.
    mutating func select(_ gradient: FloatPointer, row: Int, count: Int) {
        first = gradient + row &* stride
        var column = firstPacked &* Products.tileRows
        var target = packed
        while column < columns {
            Self.copy(first + column, stride: stride, columns: columns &- column, rows: count, to: target)
            target += Self.blockRows &* Products.tileRows
            column &+= Products.tileRows
        }
    }

    /// Where the group of six columns from `column` on lies, and how far apart its rows are.
    @inline(__always)
    func group(at column: Int) -> (values: FloatPointer, step: Int) {
        let index = column / Products.tileRows
        if index < firstPacked { return (first + column, stride) }
        let offset = (index &- firstPacked) &* Products.tileRows &* Self.blockRows
        return (FloatPointer(packed) + offset, Products.tileRows)
    }

    @inline(__always)
    private static func copy(
        _ source: FloatPointer, stride: Int, columns: Int, rows: Int, to target: MutableFloatPointer
    ) {
        var source = source
        var target = target
        for _ in 0..<rows {
            if columns >= Products.tileRows {
                let four = UnsafeRawPointer(source).loadUnaligned(as: SIMD4<Float>.self)
                let two = UnsafeRawPointer(source + 4).loadUnaligned(as: SIMD2<Float>.self)
                UnsafeMutableRawPointer(target).storeBytes(of: four, as: SIMD4<Float>.self)
                UnsafeMutableRawPointer(target + 4).storeBytes(of: two, as: SIMD2<Float>.self)
            } else {
                for column in 0..<Products.tileRows { target[column] = column < columns ? source[column] : 0 }
            }
            source += stride
            target += Products.tileRows
        }
    }
}

/// Sums of outer products: `dW[:, panel] (+)= dyᵀ·panel` over one block of rows.
struct OuterPanel {
    /// The block's inputs, `step` floats from row to row, up to 16 lanes of which count.
    let panel: FloatPointer
    let step: Int
    let lanes: Int
    let rows: Int

    /// Adds to the sums in `gradient` (columns, ≥ lanes), or starts them where `fresh`.
    func add(_ values: GradientRows, columns: Int, into gradient: MutableFloatPointer, stride: Int, fresh: Bool) {
        if lanes > 8 {
            add(SIMD16<Float>.self, values, columns, gradient, stride, fresh)
        } else {
            add(SIMD8<Float>.self, values, columns, gradient, stride, fresh)
        }
    }

    @inline(__always)
    private func add<Lanes: FloatLanes>(
        _ type: Lanes.Type, _ values: GradientRows, _ columns: Int, _ gradient: MutableFloatPointer, _ stride: Int,
        _ fresh: Bool
    ) {
        var column = 0
        while column < columns {
            let count = min(Products.tileRows, columns &- column)
            let target = SixDestinations(gradient + column &* stride, stride: stride, count: count)
            var tile = RegisterTile<Lanes>()
            if !fresh { tile.load(target, columns: lanes) }
            let group = values.group(at: column)
            tile.addOuter(group.values, valueStep: group.step, panel: panel, panelStep: step, count: rows)
            tile.store(target, rows: count, columns: lanes, accumulate: false)
            column &+= Products.tileRows
        }
    }
}
