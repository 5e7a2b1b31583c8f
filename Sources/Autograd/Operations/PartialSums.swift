import Kernels

/// Gradients that are sums over rows or sequences: a record of partial sums for each range, added up in order.
///
/// The ranges depend on the shapes alone, so the bits do not depend on the threads.
struct PartialSums {
    let ranges: [Range<Int>]
    private let counts: [Int]
    private let offsets: [Int]
    private let memory: Buffer

    /// Room for arrays of these lengths in each record.
    init(_ pass: BackwardPass, ranges: [Range<Int>], counts: [Int]) {
        self.ranges = ranges
        self.counts = counts
        var offsets = [0]
        for count in counts {
            offsets.append(offsets[offsets.count - 1] + ranges.count * count)
        }
        self.offsets = offsets
        memory = pass.scratch(max(1, offsets[offsets.count - 1]))
    }

    /// Array number `part` of range number `range`.
    subscript(range: Int, part: Int) -> MutableFloatPointer {
        memory.pointer + offsets[part] + range * counts[part]
    }

    /// Adds the ranges of one array up, times `scale`, into `target`.
    func add(_ part: Int, scale: Float = 1, into target: MutableFloatPointer, adding: Bool) {
        RowsKernel.addChunks(
            memory.pointer + offsets[part], chunks: ranges.count, count: counts[part], scale: scale, into: target,
            adding: adding)
    }

    /// Adds the ranges of one array up as the gradient of input number `input`.
    func finish(_ part: Int, scale: Float = 1, _ pass: BackwardPass, input: Int) {
        pass.accumulate(input) { target, adds in add(part, scale: scale, into: target, adding: adds) }
    }
}

/// Rows that are worth a piece of work of their own, for this many channels.
func rowGrain(_ channels: Int) -> Int { max(1, (1 << 14) / max(1, channels)) }
