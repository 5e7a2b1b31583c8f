import Kernels

/// An array of Float32 with a shape, a place on a tape, and a slot for the gradient of the loss with respect to it.
///
/// Contiguous, channels last: images (B, H, W, C), tokens (B, L, C). Tensors are made by operations, by
/// `Tape.input(_:)` and by parameters; their memory goes back to the pool when neither the program nor the tape needs it.
public final class Tensor {
    public let shape: Shape
    /// The tape that operations on this tensor are recorded on; nil for parameters, which belong to no tape.
    public let tape: Tape?
    let storage: Buffer
    let slot: GradientSlot
    /// How the values are computed again; nil where they are kept instead.
    let recipe: Recipe?

    init(shape: Shape, storage: Buffer, tape: Tape?, slot: GradientSlot, recipe: Recipe? = nil) {
        precondition(storage.count >= shape.count, "a tensor \(shape) in a buffer of \(storage.count) numbers")
        self.shape = shape
        self.storage = storage
        self.tape = tape
        self.slot = slot
        self.recipe = recipe
    }

    /// What a backward that reads the values holds on to.
    var keptValue: KeptValue { recipe.map { .recipe($0) } ?? .buffer(storage) }

    /// The values, valid while this tensor lives.
    public var pointer: MutableFloatPointer { storage.pointer }

    /// A copy of the values.
    public var values: [Float] { Array(UnsafeBufferPointer(start: storage.pointer, count: shape.count)) }

    /// A copy of the gradient, or nil where none has arrived. Inputs made with `requiresGradient` keep theirs after the
    /// backward pass; gradients of other tensors are freed on the way.
    public var gradient: [Float]? {
        guard let buffer = slot.buffer else { return nil }
        return Array(UnsafeBufferPointer(start: buffer.pointer, count: shape.count))
    }
}

/// Where the gradient of one tensor collects.
final class GradientSlot {
    /// False for inputs of the network: nothing is computed for them.
    let isRequired: Bool
    let count: Int
    /// The gradient so far; nil before the first contribution.
    var buffer: Buffer?
    /// The parameter's part of the flat gradient buffer, which the first contribution overwrites.
    let home: Buffer?

    init(count: Int, isRequired: Bool, home: Buffer? = nil) {
        self.count = count
        self.isRequired = isRequired
        self.home = home
    }
}
