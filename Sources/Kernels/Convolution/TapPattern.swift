/// Which of the three weights along one axis a sum uses, in the order of the pixels it reads.
struct TapPattern {
    let first: Int
    let step: Int
    let count: Int

    /// A forward pass: 0, 1, 2.
    static let forward = TapPattern(first: 0, step: 1, count: 3)

    /// An input gradient at stride 1: 2, 1, 0.
    static let flipped = TapPattern(first: 2, step: -1, count: 3)

    /// An input gradient at stride 2, for input rows (or columns) of one parity.
    ///
    /// From `input = 2·output + tap − 1`: an even one was read by tap 1 of output `input/2`; an odd one by tap 2 of output
    /// `(input − 1)/2` and by tap 0 of the output after it.
    static func phase(_ parity: Int) -> TapPattern {
        parity == 0 ? TapPattern(first: 1, step: 1, count: 1) : TapPattern(first: 2, step: -2, count: 2)
    }

    @inline(__always)
    subscript(index: Int) -> Int { first &+ index &* step }
}

/// A view of a weight (outputChannels, inputChannels, 3, 3) as a matrix (tap, channel; column), for packing.
struct TapMatrix {
    let weight: FloatPointer
    let vertical: TapPattern
    let horizontal: TapPattern
    /// The summed channels, and how far apart their weights are.
    let channels: Int
    let channelStep: Int
    /// The resulting channels, and how far apart their weights are.
    let columns: Int
    let columnStep: Int

    /// Floats of the packed form.
    static func packedCount(_ vertical: TapPattern, _ horizontal: TapPattern, channels: Int, columns: Int) -> Int {
        Products.packedCount(columns: columns, depth: vertical.count * horizontal.count * channels)
    }

    /// Writes panels of the packed form (columns/16, depth, 16), zeros behind the last column.
    func pack(panels: Range<Int>, into packed: MutableFloatPointer) {
        let depth = vertical.count * horizontal.count * channels
        var target = packed + panels.lowerBound * depth * Products.panelColumns
        for panel in panels {
            let first = panel * Products.panelColumns
            let count = min(Products.panelColumns, columns - first)
            for row in 0..<vertical.count {
                for column in 0..<horizontal.count {
                    let tap = weight + (vertical[row] * 3 + horizontal[column] + first * columnStep)
                    for channel in 0..<channels {
                        let source = tap + channel * channelStep
                        for lane in 0..<count { target[lane] = source[lane &* columnStep] }
                        for lane in count..<Products.panelColumns { target[lane] = 0 }
                        target += Products.panelColumns
                    }
                }
            }
        }
    }
}
