import Autograd
import Randomness
import Testing

@Suite struct TapeTests {
    @Test func reshapeSharesMemoryAndPassesTheGradient() {
        let tape = Tape(mode: .training, parallel: Parallel(threads: 1), pool: BufferPool())
        let x = tape.input([2, 3], requiresGradient: true)
        x.pointer.update(from: [1, 2, 3, 4, 5, 6], count: 6)
        let y = x.reshaped([3, 2])
        #expect(y.values == [1, 2, 3, 4, 5, 6])
        tape.backward(y, gradient: [6, 5, 4, 3, 2, 1])
        #expect(x.gradient == [6, 5, 4, 3, 2, 1])
    }

    @Test func everyPieceOfALoopIsDoneOnce() {
        for threads in 1...4 {
            let parallel = Parallel(threads: threads)
            for count in [0, 1, 2, 7, 1000] {
                let done = UnsafeMutablePointer<Int32>.allocate(capacity: max(count, 1))
                done.update(repeating: 0, count: max(count, 1))
                parallel.forEach(count) { done[$0] += 1 }
                #expect((0..<count).allSatisfy { done[$0] == 1 })
                done.deallocate()
            }
        }
    }

    @Test func poolReusesWhatComesBack() {
        let pool = BufferPool()
        for _ in 0..<10 {
            let a = pool.buffer(1000)
            let b = pool.buffer(990)
            a.pointer[0] = 1
            b.pointer[0] = 2
            #expect(a.pointer[0] == 1)
        }
        #expect(pool.allocations <= 2)
        #expect(pool.bytesInUse == 0)
        #expect(pool.peakBytes >= 2 * 4 * 990)
    }

    @Test func whatSmallBuffersLeaveServesLargeOnes() {
        let pool = BufferPool()
        for _ in 0..<3 {
            var small = (0..<8).map { _ in pool.buffer(1 << 12) }
            for (index, buffer) in small.enumerated() { buffer.pointer.update(repeating: Float(index), count: 1 << 12) }
            #expect(
                small.indices.allSatisfy { small[$0].pointer[0] == Float($0) && small[$0].pointer[4095] == Float($0) })
            small.swapAt(2, 5)
            while small.count > 1 { small.removeLast() }
            let large = pool.buffer(7 << 12)
            large.pointer.update(repeating: 9, count: 7 << 12)
            #expect(small[0].pointer[0] == 0 && small[0].pointer[4095] == 0)
        }
        #expect(pool.allocations == 8)
        #expect(pool.bytesInUse == 0)
    }

    @Test func aBufferMayBeLargerThanAnyBefore() {
        let pool = BufferPool()
        let small = pool.buffer(100)
        small.pointer.update(repeating: 1, count: 100)
        for count in [1 << 24, 1 << 25] {
            let large = pool.buffer(count)
            large.pointer[count - 1] = 2
            #expect(large.pointer[count - 1] == 2 && small.pointer[99] == 1)
        }
    }

    @Test func reductionRangesCoverAndIgnoreThreads() {
        for count in [1, 255, 256, 1000, 5000] {
            let ranges = Parallel.reductionRanges(count)
            #expect(ranges.flatMap(Array.init) == Array(0..<count))
        }
    }

    /// An activation writes its gradient over the one that arrived, unless a sum handed the same memory to others as well.
    @Test func gradientsInPlaceSpoilNoOthers() {
        let tape = Tape(mode: .training, parallel: Parallel(threads: 1), pool: BufferPool())
        let x = tape.input([3], requiresGradient: true)
        x.pointer.update(from: [-1, 2, 3], count: 3)
        let y = x + relu(x) + relu(relu(x) + x)
        tape.backward(y, gradient: [1, 10, 100])
        #expect(x.gradient == [1, 40, 400])
    }

    /// A part that runs again in backward leads to the gradients of one that is kept, where its input is read elsewhere too.
    @Test func aPartThatRunsAgainHasTheSameGradients() {
        let gradients = [false, true].map { recomputes in
            let tape = Tape(mode: .training, parallel: Parallel(threads: 1), pool: BufferPool())
            tape.recomputesSegments = recomputes
            let x = tape.input([2, 4], requiresGradient: true)
            x.pointer.update(from: [-3, -2, -1, 0, 0.3, 1.7, 2, 3], count: 8)
            let kept = tape.pool.bytesInUse
            let part = tape.recomputed(x) { silu(geluTanh($0) + $0) + geluErf($0) }
            let buffers = (tape.pool.bytesInUse - kept) / 64
            #expect(recomputes ? buffers == 1 : buffers > 1)
            let same = tape.recomputed(x) { $0 }
            tape.backward(part + silu(x) + same, gradient: [1, 2, 3, 4, 5, 6, 7, 0.1])
            return x.gradient
        }
        #expect(gradients[0] == gradients[1])
    }

    /// A norm's output is not kept for the product behind it, and the product's gradient is what it would be if it were.
    @Test func normsAreComputedAgainInsteadOfKept() {
        let rows = 512
        let channels = 32
        let pool = BufferPool()
        let tape = Tape(mode: .training, parallel: Parallel(threads: 2), pool: pool)
        func input(_ shape: Shape, _ seed: Int) -> Tensor {
            let tensor = tape.input(shape, requiresGradient: true)
            for index in 0..<shape.count { tensor.pointer[index] = Float((index &* 37 &+ seed) % 101) / 50 - 1 }
            return tensor
        }
        let (x, weight) = (input([rows, channels], 1), input([8, channels], 2))
        let (scale, shift) = (input([channels], 3), input([channels], 4))
        func normed() -> Tensor { layerNorm(x, weight: scale, bias: shift, epsilon: 1e-5) }
        let values = normed().values
        let before = pool.bytesInUse
        let y = linear(normed(), weight: weight, bias: nil)
        let saved = 3 * rows * 4
        #expect(pool.bytesInUse - before < y.shape.count * 4 + saved, "the norm's \(rows * channels) numbers are kept")
        let upstream = [Float](repeating: 1, count: y.shape.count)
        tape.backward(y, gradient: upstream)
        var columnSums = [Double](repeating: 0, count: channels)
        for (index, value) in values.enumerated() { columnSums[index % channels] += Double(value) }
        let expected = [[Double]](repeating: columnSums, count: 8).flatMap(\.self)
        #expect(relativeError(weight.gradient ?? [], expected) < 1e-5)
    }
}
