import Kernels

extension BackwardPass {
    /// Computes a gradient that is a sum over rows: each range's part in a place of its own, then all in order.
    ///
    /// The ranges depend on `rows` alone, so the bits do not depend on the threads. `body` overwrites `sums`.
    public func sumRows(
        _ input: Int, rows: Int, count: Int, _ body: (_ rows: Range<Int>, _ sums: MutableFloatPointer) -> Void
    ) {
        accumulate(input) { target, adds in
            sumRows(into: target, adds: adds, rows: rows, count: count, scratch: 0) { range, sums, _ in
                body(range, sums)
            }
        }
    }

    /// Like `sumRows(_:rows:count:_:)` into a place that is given, with `scratch` numbers of memory for each range.
    public func sumRows(
        into target: MutableFloatPointer, adds: Bool, rows: Int, count: Int, scratch scratchCount: Int,
        _ body: (_ rows: Range<Int>, _ sums: MutableFloatPointer, _ scratch: MutableFloatPointer) -> Void
    ) {
        let ranges = Parallel.reductionRanges(rows)
        let stride = (count + 15) / 16 * 16
        let partial = scratch(ranges.count * stride)
        let memory = scratch(ranges.count * scratchCount)
        parallel.forEach(ranges.count) { index in
            body(ranges[index], partial.pointer + index * stride, memory.pointer + index * scratchCount)
        }
        for index in ranges.indices {
            let source = FloatPointer(partial.pointer + index * stride)
            if index == 0 && !adds {
                target.update(from: source, count: count)
            } else {
                Autograd.accumulate(source, into: target, count: count, parallel: parallel)
            }
        }
    }
}
