import Kernels

/// A piece of memory that goes back to its pool when the last owner lets go of it.
public final class Buffer {
    /// The first number, aligned to 64 bytes. Not to be read in a dry run, where no memory stands behind it.
    public let pointer: MutableFloatPointer
    /// How many numbers the owner asked for.
    public let count: Int
    private let pool: BufferPool?
    private let capacity: Int

    /// A buffer that goes back to `pool`.
    init(pointer: MutableFloatPointer, count: Int, capacity: Int, pool: BufferPool) {
        self.pointer = pointer
        self.count = count
        self.capacity = capacity
        self.pool = pool
    }

    /// A view of memory that somebody else owns and keeps alive.
    init(viewing pointer: MutableFloatPointer, count: Int) {
        self.pointer = pointer
        self.count = count
        capacity = count
        pool = nil
    }

    deinit {
        pool?.takeBack(pointer, capacity: capacity)
    }
}
