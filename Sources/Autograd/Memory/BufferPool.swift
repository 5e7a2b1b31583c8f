#if canImport(Glibc)
    import Glibc
#endif
import Kernels

/// Hands out buffers and takes them back, so that after the first step a step allocates nothing.
///
/// Sizes are rounded up to eighths of a power of two (at most 12.5 % waste). A dry pool counts as if it handed out memory, but
/// holds none. A pool belongs to one thread.
public final class BufferPool {
    /// How many times a buffer took memory that the system had yet to give.
    public var allocations: Int { arena.allocations }
    /// Bytes in use now, rounding included.
    public private(set) var bytesInUse = 0
    /// The highest `bytesInUse` since the last `resetPeak()`.
    public private(set) var peakBytes = 0

    private var arena = Arena()
    /// What a dry pool's buffers point at; nothing is read or written there.
    private let dryMemory: MutableFloatPointer?

    /// A pool of memory, or one that only counts.
    public init(dry: Bool = false) {
        dryMemory = dry ? allocateAligned(16) : nil
    }

    deinit {
        dryMemory?.deallocate()
        arena.release()
    }

    /// Begins a new measurement of the peak.
    public func resetPeak() {
        peakBytes = bytesInUse
    }

    /// A buffer of `count` numbers with undefined contents.
    public func buffer(_ count: Int) -> Buffer {
        let capacity = BufferPool.capacity(for: count)
        bytesInUse += capacity * MemoryLayout<Float>.stride
        peakBytes = max(peakBytes, bytesInUse)
        return Buffer(pointer: dryMemory ?? arena.take(capacity), count: count, capacity: capacity, pool: self)
    }

    /// A buffer of `count` zeros.
    public func zeros(_ count: Int) -> Buffer {
        let zeros = buffer(count)
        if dryMemory == nil {
            zeros.pointer.update(repeating: 0, count: count)
        }
        return zeros
    }

    func takeBack(_ pointer: MutableFloatPointer, capacity: Int) {
        bytesInUse -= capacity * MemoryLayout<Float>.stride
        if dryMemory == nil {
            arena.takeBack(pointer, count: capacity)
        }
    }

    /// `count` rounded up to a multiple of 16 and to an eighth of a power of two.
    static func capacity(for count: Int) -> Int {
        let minimum = max(count, 16)
        let highestBit = Int.bitWidth - 1 - minimum.leadingZeroBitCount
        let granule = max(16, 1 << max(0, highestBit - 3))
        return (minimum + granule - 1) / granule * granule
    }
}

/// Memory for `count` numbers, aligned to a cache line; large memory lies on the system's huge pages where it has them,
/// which spares convolutions of large images a twentieth of their time.
func allocateAligned(_ count: Int) -> MutableFloatPointer {
    let bytes = max(count, 16) * MemoryLayout<Float>.stride
    let isLarge = bytes >= hugePageBytes
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? hugePageBytes : 64)
    #if canImport(Glibc)
        // Advice only: where it is refused, the memory serves as it is.
        if isLarge { _ = madvise(raw, bytes, MADV_HUGEPAGE) }
    #endif
    return raw.bindMemory(to: Float.self, capacity: count)
}

/// The size of a huge page of x86-64 and of most ARM systems.
private let hugePageBytes = 1 << 21
