import Kernels

/// What an operation's forward works with.
public struct ForwardPass {
    public let inputShapes: [Shape]
    public let outputShapes: [Shape]
    /// The threads that loops run on.
    public let parallel: Parallel
    /// True while training: batch statistics, drop path.
    public let isTraining: Bool
    /// True where a backward may follow, which will read the saved buffers.
    public let isRecorded: Bool
    /// True where the operation has run before in this step: what it moves outside the pass has moved already.
    public let isRepeated: Bool
    let inputBuffers: [Buffer]
    let outputBuffers: [Buffer]
    let savedBuffers: [Buffer]
    let pool: BufferPool

    /// The values of input number `index`.
    public func input(_ index: Int) -> FloatPointer { FloatPointer(inputBuffers[index].pointer) }
    /// Where output number `index` goes; undefined before.
    public func output(_ index: Int = 0) -> MutableFloatPointer { outputBuffers[index].pointer }
    /// Saved buffer number `index`, kept for backward.
    public func saved(_ index: Int) -> MutableFloatPointer { savedBuffers[index].pointer }
    /// Memory for the length of this call, undefined before.
    public func scratch(_ count: Int) -> Buffer { pool.buffer(count) }
}
