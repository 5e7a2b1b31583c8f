import Randomness

/// Which key, colour and places each domino of one image has, drawn one after the other without allocating.
struct RecallScene {
    /// A key at `place`, its colour `distance` cells to the right, its query at `query`. Places count cells in reading
    /// order.
    struct Domino {
        var key: Int
        var colour: Int
        var place: Int
        var query: Int
    }

    private var generator: RandomGenerator
    private var remaining: Int
    /// The cells on which a domino's left half lies, in the order in which they were laid.
    private var places: SIMD32<UInt8> = .zero
    private var used: SIMD4<UInt64> = .zero
    private var free: UInt64 = .max
    private let distance: Int
    /// Whether the cell to the left of each query is kept free of everything else.
    private let leavesRoom: Bool

    init(pairs: Int, distance: Int, leavesRoom: Bool, generator: RandomGenerator) {
        self.generator = generator
        self.distance = distance
        self.leavesRoom = leavesRoom
        remaining = pairs
        // All dominoes are laid before the first query, so that queries can't block them.
        for domino in 0..<pairs {
            let place = layDomino()
            places[domino] = UInt8(place)
        }
    }

    /// The next domino with its query; nil when all have been drawn.
    mutating func nextDomino() -> Domino? {
        guard remaining > 0 else { return nil }
        remaining -= 1
        let query = layQuery()
        let key = drawKey()
        let colour = generator.index(below: RecallPalette.colours.count)
        return Domino(key: key, colour: colour, place: Int(places[remaining]), query: query)
    }

    /// Two free cells of one row, `distance` apart, each such pair equally likely.
    private mutating func layDomino() -> Int {
        let starts =
            free & (free >> UInt64(distance)) & (RecallScene.column << UInt64(8 - distance) &- RecallScene.column)
        let place = CellMask.bit(generator.index(below: starts.nonzeroBitCount), of: starts)
        free &= ~((1 | 1 << UInt64(distance)) << UInt64(place))
        return place
    }

    /// A free cell; with room, one whose left neighbour is free, and that neighbour is taken with it.
    private mutating func layQuery() -> Int {
        let places = leavesRoom ? free & (free & ~(RecallScene.column << 7)) << 1 : free
        let query = CellMask.bit(generator.index(below: places.nonzeroBitCount), of: places)
        free &= ~(leavesRoom ? 3 << UInt64(query - 1) : 1 << UInt64(query))
        return query
    }

    /// The first column's cells.
    private static let column: UInt64 = 0x0101_0101_0101_0101

    /// One of the 255 keys that this image does not have yet: nine bits in reading order, the middle one set.
    private mutating func drawKey() -> Int {
        while true {
            let outer = generator.index(below: 255)
            let (word, bit) = (outer >> 6, UInt64(outer & 63))
            if used[word] >> bit & 1 == 0 {
                used[word] |= 1 << bit
                return (outer & 0xf) | 0x10 | (outer & 0xf0) << 1
            }
        }
    }
}
