import Randomness

/// Which key, colour and places each domino of one image has, drawn one after the other without allocating.
struct RecallScene {
    /// A key at `place`, its colour to the right, its query at `query`. Places count cells in reading order.
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

    init(pairs: Int, generator: RandomGenerator) {
        precondition(pairs <= RecallGrid.mostPairs, "\(pairs) dominoes don't fit")
        self.generator = generator
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
        let query = RecallScene.bit(generator.index(below: free.nonzeroBitCount), of: free)
        free &= ~(1 << UInt64(query))
        let key = drawKey()
        let colour = generator.index(below: RecallPalette.colours.count)
        return Domino(key: key, colour: colour, place: Int(places[remaining]), query: query)
    }

    /// Two free cells side by side in one row, each such pair equally likely.
    private mutating func layDomino() -> Int {
        let notLastColumn: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
        let starts = free & (free >> 1) & notLastColumn
        let place = RecallScene.bit(generator.index(below: starts.nonzeroBitCount), of: starts)
        free &= ~(3 << UInt64(place))
        return place
    }

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

    /// The position of the set bit number `rank` of a mask.
    private static func bit(_ rank: Int, of mask: UInt64) -> Int {
        var mask = mask
        for _ in 0..<rank {
            mask &= mask - 1
        }
        return mask.trailingZeroBitCount
    }
}
