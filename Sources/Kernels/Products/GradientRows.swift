/// A block of rows of an output gradient, read six columns at a time by the weight-gradient tiles.
///
/// Narrow gradients are read in place; the groups of one from a wide matrix are first copied next to each other, which
/// spares the first-level cache. The last group is the last six columns, so that none is partial; only a gradient of fewer than six
/// columns is copied and filled up with zeros.
struct GradientRows {
    /// Rows of one block: a panel of 256 × 16 inputs fills half of a first-level cache.
    static let blockRows = 256

    let columns: Int
    private let stride: Int
    private let isPacked: Bool
    private let packed: MutableFloatPointer
    private var first: FloatPointer

    /// The floats of scratch that `columns` columns take whose rows are `stride` floats apart.
    static func scratchCount(columns: Int, stride: Int) -> Int {
        guard isPacked(columns: columns, stride: stride) else { return 0 }
        return (columns + Products.tileRows - 1) / Products.tileRows * Products.tileRows * blockRows
    }

    init(_ gradient: FloatPointer, stride: Int, columns: Int, scratch: MutableFloatPointer) {
        self.stride = stride
        self.columns = columns
        isPacked = Self.isPacked(columns: columns, stride: stride)
        packed = scratch
        first = gradient
    }

    private static func isPacked(columns: Int, stride: Int) -> Bool {
        stride > Products.widestGradientInPlace || columns < Products.tileRows
    }

    /// At least six columns that are read in place whatever their number, without `select`.
    init(inPlace gradient: FloatPointer, stride: Int, columns: Int) {
        precondition(columns >= Products.tileRows, "a gradient of \(columns) columns can't be read six at a time")
        self.stride = stride
        self.columns = columns
        isPacked = false
        packed = MutableFloatPointer(mutating: gradient)
        first = gradient
    }

    /// Takes up `count` rows of the gradient from row `row` on; they serve until the next call.
    mutating func select(_ gradient: FloatPointer, row: Int, count: Int) {
        first = gradient + row &* stride
        guard isPacked else { return }
        guard columns >= Products.tileRows else { return copyNarrow(rows: count) }
        let groups = (columns &+ Products.tileRows &- 1) / Products.tileRows
        for group in Swift.stride(from: 0, to: groups, by: Self.groupsTogether) {
            copyGroups(group..<min(group &+ Self.groupsTogether, groups), rows: count)
        }
    }

    /// Groups copied row by row together, so that a line of the gradient is read once.
    private static let groupsTogether = 8

    /// The first of the six columns of the group that covers `column`, a multiple of six.
    @inline(__always)
    func firstColumn(ofGroupAt column: Int) -> Int { max(0, min(column, columns &- Products.tileRows)) }

    /// Where the six columns of that group lie, and how far apart their rows are.
    @inline(__always)
    func group(at column: Int) -> (values: FloatPointer, step: Int) {
        if isPacked { return (FloatPointer(packed) + column &* Self.blockRows, Products.tileRows) }
        return (first + firstColumn(ofGroupAt: column), stride)
    }

    /// Copies eight floats of each row but the last into each group: what is too much, the next row overwrites.
    private func copyGroups(_ groups: Range<Int>, rows: Int) {
        var source = first
        var target = packed + groups.lowerBound &* Products.tileRows &* Self.blockRows
        let last = rows &- 1
        for row in 0..<rows {
            var place = target
            for group in groups {
                let values = source + firstColumn(ofGroupAt: group &* Products.tileRows)
                if row < last {
                    store8(load8(values), place)
                } else {
                    for column in 0..<Products.tileRows { place[column] = values[column] }
                }
                place += Self.blockRows &* Products.tileRows
            }
            source += stride
            target += Products.tileRows
        }
    }

    private func copyNarrow(rows: Int) {
        for row in 0..<rows {
            let target = packed + row &* Products.tileRows
            let source = first + row &* stride
            for column in 0..<Products.tileRows { target[column] = column < columns ? source[column] : 0 }
        }
    }
}
