import Kernels

/// target += source, over the threads: what `BackwardPass.write` uses where a second gradient arrives.
func accumulate(_ source: FloatPointer, into target: MutableFloatPointer, count: Int, parallel: Parallel) {
    parallel.forRanges(count, grain: 1 << 15) { range in
        let start = range.lowerBound
        let sum = target + start
        ElementwiseKernel.add(FloatPointer(sum), source + start, count: range.count, into: sum)
    }
}
