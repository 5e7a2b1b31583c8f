#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif
import Kernels

/// Zeros that take up no memory before they are touched: the system hands pages out at their first use.
///
/// So a network that only answers pays nothing for its gradients.
final class ZeroedMemory {
    let pointer: MutableFloatPointer
    private let start: UnsafeMutableRawPointer

    /// Room for `count` numbers, aligned to a cache line.
    init(_ count: Int) {
        let alignment = 64
        guard let memory = calloc(max(count, 16) * MemoryLayout<Float>.stride + alignment, 1) else {
            preconditionFailure("the system has no memory for \(count) numbers")
        }
        start = memory
        pointer = memory.alignedUp(toMultipleOf: alignment).bindMemory(to: Float.self, capacity: count)
    }

    deinit {
        free(start)
    }
}
