#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif
import Synchronization

/// A few threads that share out the pieces of one loop at a time.
///
/// Which thread does which piece is left to chance; results must not depend on it. Loops over rows may be cut anywhere,
/// because a row's bits do not depend on the cut. Sums over rows are cut by `reductionRanges`, which depends on the
/// row count alone, and added up in order. So the bits are the same for any number of threads.
public final class Parallel {
    public let threads: Int
    private let shared: SharedLoop
    private var handles: [pthread_t] = []

    public init(threads: Int) {
        precondition(threads >= 1, "Parallel(threads: \(threads)): at least one thread is needed")
        self.threads = threads
        shared = SharedLoop(threads: threads)
        for number in 1..<threads {
            handles.append(startThread(shared, number: number))
        }
    }

    deinit {
        shared.stop()
        for handle in handles {
            pthread_join(handle, nil)
        }
    }

    /// Calls `body` once for each of `0..<count`, on any thread, and returns when all calls have returned.
    public func forEach(_ count: Int, _ body: (Int) -> Void) {
        if threads == 1 || count <= 1 {
            for index in 0..<count {
                body(index)
            }
            return
        }
        withoutActuallyEscaping(body) { shared.run(count, Body(call: $0)) }
    }

    /// Calls `body` with pieces of `0..<count` of at least `grain` items: for loops whose bits do not depend on the cut.
    public func forRanges(_ count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
        if threads == 1 || count <= grain {
            if count > 0 {
                body(0..<count)
            }
            return
        }
        let pieces = min((count + grain - 1) / grain, threads * 4)
        forEach(pieces) { body(Parallel.range($0, of: pieces, count)) }
    }

    /// The pieces of a sum over `count` rows: they depend on `count` alone, never on the number of threads.
    public static func reductionRanges(_ count: Int, grain: Int = 256, most: Int = 8) -> [Range<Int>] {
        let pieces = max(1, min(count / grain, most))
        return (0..<pieces).map { range($0, of: pieces, count) }
    }

    /// Piece number `index` of `0..<count` cut into `pieces` nearly equal ranges.
    public static func range(_ index: Int, of pieces: Int, _ count: Int) -> Range<Int> {
        index * count / pieces..<(index + 1) * count / pieces
    }
}

/// The body of a loop, which outlives no call of `forEach`: the caller waits for every thread.
private struct Body: @unchecked Sendable {
    let call: (Int) -> Void
}

/// What the threads of one `Parallel` share. `body`, `count` and `generation` change under the lock only.
private final class SharedLoop: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let wake: UnsafeMutablePointer<pthread_cond_t>
    private let generation = Atomic<Int>(0)
    private let threads: Int
    private let cursors: UnsafeMutablePointer<Cursor>
    private let unfinished = Atomic<Int>(0)
    private let stopping = Atomic<Bool>(false)
    private var body: Body?
    private var count = 0

    init(threads: Int) {
        self.threads = threads
        cursors = .allocate(capacity: threads)
        for thread in 0..<threads {
            (cursors + thread).initialize(to: Cursor())
        }
        lock = .allocate(capacity: 1)
        wake = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(wake, nil)
    }

    deinit {
        pthread_cond_destroy(wake)
        pthread_mutex_destroy(lock)
        wake.deallocate()
        lock.deallocate()
        cursors.deinitialize(count: threads)
        cursors.deallocate()
    }

    func run(_ count: Int, _ body: Body) {
        pthread_mutex_lock(lock)
        self.body = body
        self.count = count
        for thread in 0..<threads {
            cursors[thread].next.store(Parallel.range(thread, of: threads, count).lowerBound, ordering: .relaxed)
        }
        unfinished.store(threads - 1, ordering: .relaxed)
        generation.add(1, ordering: .sequentiallyConsistent)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(lock)
        work(count, body, thread: 0)
        var spins = 0
        while unfinished.load(ordering: .acquiring) > 0 {
            spins += 1
            if spins > spinLimit {
                sched_yield()
            }
        }
        self.body = nil
    }

    func stop() {
        pthread_mutex_lock(lock)
        stopping.store(true, ordering: .sequentiallyConsistent)
        generation.add(1, ordering: .sequentiallyConsistent)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(lock)
    }

    /// A thread's life: wait for a loop, take pieces until none is left, say so, wait again.
    func serve(thread: Int) {
        var seen = 0
        while true {
            seen = waitForGeneration(after: seen)
            if stopping.load(ordering: .sequentiallyConsistent) {
                return
            }
            if let body {
                work(count, body, thread: thread)
            }
            unfinished.subtract(1, ordering: .sequentiallyConsistent)
        }
    }

    /// Takes the thread's own share of the loop, piece by piece, and then what the others have left of theirs.
    ///
    /// The same thread so works on the same rows from one loop to the next, which its caches still hold.
    private func work(_ count: Int, _ body: Body, thread: Int) {
        for turn in 0..<threads {
            let share = (thread + turn) % threads
            let end = Parallel.range(share, of: threads, count).upperBound
            while true {
                let index = cursors[share].next.add(1, ordering: .relaxed).oldValue
                if index >= end { break }
                body.call(index)
            }
        }
    }

    /// Spins for a short while, since the next loop is usually near, then lets others run, and then sleeps.
    private func waitForGeneration(after seen: Int) -> Int {
        for turn in 0..<(spinLimit + yieldLimit) {
            let current = generation.load(ordering: .acquiring)
            if current != seen {
                return current
            }
            if turn >= spinLimit {
                sched_yield()
            }
        }
        pthread_mutex_lock(lock)
        while generation.load(ordering: .acquiring) == seen {
            pthread_cond_wait(wake, lock)
        }
        let current = generation.load(ordering: .acquiring)
        pthread_mutex_unlock(lock)
        return current
    }
}

/// The next piece of one thread's share of a loop, on a cache line of its own.
private struct Cursor: ~Copyable {
    let next = Atomic<Int>(0)
    private let padding = InlineArray<15, Int>(repeating: 0)
}

/// About 20 µs of looking at one cache line before a waiting thread offers its processor to others.
private let spinLimit = 20_000

/// About as long as the longest stretch of a step that one thread does alone: to sleep and be woken takes longer.
private let yieldLimit = 1_000

/// What a new thread is given.
private final class ThreadStart {
    let shared: SharedLoop
    let number: Int

    init(shared: SharedLoop, number: Int) {
        self.shared = shared
        self.number = number
    }
}

private func startThread(_ shared: SharedLoop, number: Int) -> pthread_t {
    #if canImport(Glibc)
        var handle = pthread_t()
    #else
        var handle: pthread_t?
    #endif
    let context = Unmanaged.passRetained(ThreadStart(shared: shared, number: number)).toOpaque()
    let status = pthread_create(
        &handle, nil,
        { context in
            #if canImport(Glibc)
                guard let context else { return nil }
            #endif
            flushDenormals()
            let start = Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
            start.shared.serve(thread: start.number)
            return nil
        }, context)
    precondition(status == 0, "the system refused to start a thread (error \(status))")
    #if canImport(Glibc)
        return handle
    #else
        guard let handle else { preconditionFailure("the system returned no thread") }
        return handle
    #endif
}

/// Runs `body` with denormal numbers treated as zero on this thread: they are a hundred times slower and mean nothing
/// in training. Afterwards the thread computes as before, since it may not be ours.
public func withFlushedDenormals<Result>(_ body: () throws -> Result) rethrows -> Result {
    #if canImport(Glibc) && arch(x86_64)
        var before = fenv_t()
        fegetenv(&before)
        defer { fesetenv(&before) }
        flushDenormals()
    #endif
    return try body()
}

/// Lets this thread treat denormal numbers as zero from now on.
private func flushDenormals() {
    #if canImport(Glibc) && arch(x86_64)
        var environment = fenv_t()
        fegetenv(&environment)
        environment.__mxcsr |= 0x8040  // flush to zero (bit 15), denormals are zero (bit 6)
        fesetenv(&environment)
    #endif
}
