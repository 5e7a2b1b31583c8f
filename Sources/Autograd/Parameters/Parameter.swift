import Kernels

/// A trained array of a network, under its official name and in its official (PyTorch) shape.
public final class Parameter {
    /// The path from the network: `levels.2.blocks.0.mixer.in_proj.weight`.
    public let name: String
    public let shape: Shape
    public let initializer: Initializer
    /// Where the values begin in the flat buffers of the store.
    let offset: Int
    /// The values and the gradient as a tensor; no memory stands behind it in a dry run.
    public private(set) var tensor: Tensor

    init(name: String, shape: Shape, initializer: Initializer, offset: Int, placeholder: Buffer) {
        self.name = name
        self.shape = shape
        self.initializer = initializer
        self.offset = offset
        tensor = Parameter.tensor(shape, storage: placeholder, home: nil)
    }

    /// Whether weight decay applies: two or more dimensions and not a bias (docs/model.md, Training), so `A_log` is decayed.
    public var isDecayed: Bool { shape.rank > 1 && !name.hasSuffix(".bias") }

    /// Whether a gradient has arrived since the last `ParameterStore.clearGradients()`.
    public var hasGradient: Bool { tensor.slot.buffer != nil }

    func bind(values: MutableFloatPointer, gradients: MutableFloatPointer) {
        tensor = Parameter.tensor(
            shape, storage: Buffer(viewing: values + offset, count: shape.count),
            home: Buffer(viewing: gradients + offset, count: shape.count))
    }

    func clearGradient() {
        tensor.slot.buffer = nil
    }

    private static func tensor(_ shape: Shape, storage: Buffer, home: Buffer?) -> Tensor {
        Tensor(
            shape: shape, storage: storage, tape: nil,
            slot: GradientSlot(count: shape.count, isRequired: true, home: home))
    }
}

/// An array that belongs to a network's state but is not trained by gradients: batch norm's running statistics.
public final class StateArray {
    public let name: String
    public let shape: Shape
    let initialValue: Float
    let offset: Int
    private var memory: MutableFloatPointer?

    init(name: String, shape: Shape, initialValue: Float, offset: Int) {
        self.name = name
        self.shape = shape
        self.initialValue = initialValue
        self.offset = offset
    }

    /// The values. The store must be materialized.
    public var pointer: MutableFloatPointer {
        guard let memory else { preconditionFailure("\(name): the store was not materialized") }
        return memory
    }

    public var values: [Float] { Array(UnsafeBufferPointer(start: pointer, count: shape.count)) }

    func bind(_ base: MutableFloatPointer) {
        memory = base + offset
        pointer.update(repeating: initialValue, count: shape.count)
    }
}
