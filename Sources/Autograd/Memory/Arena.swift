import Kernels

/// Large pieces of memory from which buffers are cut, and into which they go back.
///
/// A buffer takes the first gap that holds it; gaps that touch become one. So what many small buffers leave serves a large one
/// later, and memory that is never reached stays with the system, which gives pages out at their first use.
struct Arena {
    /// How many times a buffer went farther than any before, to memory that the system had yet to give.
    private(set) var allocations = 0
    private var segments: [Segment] = []
    /// Free places, in the order of segments and places.
    private var gaps: [Gap] = []

    private struct Segment {
        let pointer: MutableFloatPointer
        let count: Int
        /// How far its buffers have gone.
        var reached = 0
    }

    private struct Gap {
        let segment: Int
        var start: Int
        var count: Int
        var end: Int { start + count }
    }

    /// Memory for `count` numbers, a multiple of a cache line's.
    mutating func take(_ count: Int) -> MutableFloatPointer {
        if let index = gaps.firstIndex(where: { $0.count >= count }) {
            return cut(count, from: index)
        }
        grow(for: count)
        return cut(count, from: gaps.count - 1)
    }

    /// Takes memory back.
    mutating func takeBack(_ pointer: MutableFloatPointer, count: Int) {
        guard let segment = segments.firstIndex(where: { $0.pointer <= pointer && pointer < $0.pointer + $0.count })
        else {
            preconditionFailure("a buffer came back to an arena that it is not from")
        }
        let start = pointer - segments[segment].pointer
        let next = gaps.firstIndex { $0.segment > segment || ($0.segment == segment && $0.start > start) } ?? gaps.count
        let touchesNext = next < gaps.count && gaps[next].segment == segment && gaps[next].start == start + count
        if next > 0 && gaps[next - 1].segment == segment && gaps[next - 1].end == start {
            gaps[next - 1].count += count + (touchesNext ? gaps[next].count : 0)
            if touchesNext { gaps.remove(at: next) }
        } else if touchesNext {
            gaps[next].start = start
            gaps[next].count += count
        } else {
            gaps.insert(Gap(segment: segment, start: start, count: count), at: next)
        }
    }

    /// Gives everything back to the system; no buffer may be in use.
    mutating func release() {
        for segment in segments { segment.pointer.deallocate() }
        segments = []
        gaps = []
    }

    private mutating func cut(_ count: Int, from index: Int) -> MutableFloatPointer {
        let gap = gaps[index]
        if gap.count == count {
            gaps.remove(at: index)
        } else {
            gaps[index].start += count
            gaps[index].count -= count
        }
        if gap.start + count > segments[gap.segment].reached {
            segments[gap.segment].reached = gap.start + count
            allocations += 1
        }
        return segments[gap.segment].pointer + gap.start
    }

    /// Adds a segment. What isn't touched costs nothing, but counts where the system limits a process's memory: so half of
    /// what there is, not more.
    private mutating func grow(for count: Int) {
        let size = max(count, segments.reduce(0) { $0 + $1.count } / 2, Self.leastCount)
        segments.append(Segment(pointer: allocateAligned(size), count: size))
        gaps.append(Gap(segment: segments.count - 1, start: 0, count: size))
    }

    /// Numbers of the smallest segment: 32 MiB.
    private static let leastCount = 1 << 23
}
