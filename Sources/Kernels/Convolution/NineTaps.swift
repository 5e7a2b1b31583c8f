/// The gradients of nine taps for eight neighbouring channels, which become a piece of a weight's gradient.
struct NineTaps {
    private let first, second, third: ThreeValues<Float8>

    /// The taps row by row.
    @inline(__always)
    init(_ first: ThreeValues<Float8>, _ second: ThreeValues<Float8>, _ third: ThreeValues<Float8>) {
        (self.first, self.second, self.third) = (first, second, third)
    }

    /// Writes nine taps a channel, but for the first `skipped` channels; or adds them to what is there.
    @inline(__always)
    func put(skipping skipped: Int, accumulate: Bool, to gradient: MutableFloatPointer) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 72) { memory in
            guard let taps = memory.baseAddress else { return }
            first.store(taps, step: 8)
            second.store(taps + 24, step: 8)
            third.store(taps + 48, step: 8)
            guard skipped == 0 && !accumulate else {
                for lane in skipped..<8 {
                    for tap in 0..<9 {
                        let (value, target) = (taps[8 &* tap &+ lane], gradient + (9 &* lane &+ tap))
                        target.pointee = accumulate ? target.pointee + value : value
                    }
                }
                return
            }
            transposeEight(FloatPointer(taps), stride: 8, into: gradient, targetStride: 9)
            for lane in 0..<8 { gradient[9 &* lane &+ 8] = taps[64 &+ lane] }
        }
    }
}
