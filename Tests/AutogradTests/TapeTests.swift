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

    @Test func reductionRangesCoverAndIgnoreThreads() {
        for count in [1, 255, 256, 1000, 5000] {
            let ranges = Parallel.reductionRanges(count)
            #expect(ranges.flatMap(Array.init) == Array(0..<count))
        }
    }
}
