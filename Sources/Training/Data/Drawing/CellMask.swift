/// Sets of cells of an 8 × 8 grid, a bit for each in reading order.
enum CellMask {
    /// The position of the set bit number `rank` of a mask.
    static func bit(_ rank: Int, of mask: UInt64) -> Int {
        var mask = mask
        for _ in 0..<rank {
            mask &= mask - 1
        }
        return mask.trailingZeroBitCount
    }
}
