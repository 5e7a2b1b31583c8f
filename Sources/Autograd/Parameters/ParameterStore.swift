import Kernels
import Randomness

/// All parameters and state arrays of one network, in the official order, in a few flat buffers.
///
/// Building a network only declares them; `materialize(seed:)` gives them memory and their first values. The flat
/// buffers let the optimizer, the average and the clipping be one pass each. Every parameter begins at a multiple of 16
/// numbers; the gaps stay zero.
public final class ParameterStore {
    public private(set) var parameters: [Parameter] = []
    public private(set) var states: [StateArray] = []
    /// The length of the flat buffers of values and gradients, gaps included.
    public private(set) var flatCount = 0
    /// The length of the flat buffer of state arrays, gaps included.
    public private(set) var flatStateCount = 0
    private var memory: [ZeroedMemory] = []
    private let placeholder = BufferPool(dry: true)
    private var names: Set<String> = []

    public init() {}

    /// The number of trained values.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }

    public var isMaterialized: Bool { !memory.isEmpty }
    /// All values, flat.
    public var values: MutableFloatPointer { flat(0) }
    /// All gradients, flat.
    public var gradients: MutableFloatPointer { flat(1) }
    /// All state arrays, flat.
    public var stateValues: MutableFloatPointer { flat(2) }

    /// Gives every array its memory and its first values, each drawn from the stream named after it.
    public func materialize(seed: UInt64) {
        materialize()
        let key = RandomKey(seed: seed)["initial values"]
        for parameter in parameters {
            parameter.initializer.fill(
                values + parameter.offset, count: parameter.shape.count, columns: parameter.shape.channels,
                key: key[parameter.name])
        }
    }

    /// Gives every array its memory, and zero to every parameter: for values that come from elsewhere.
    public func materialize() {
        precondition(!isMaterialized, "a store is materialized once")
        memory = [flatCount, flatCount, flatStateCount].map { ZeroedMemory($0) }
        for parameter in parameters {
            parameter.bind(values: values, gradients: gradients)
        }
        for state in states {
            state.bind(stateValues)
        }
    }

    /// Forgets the gradients of the last step; the next contribution overwrites.
    public func clearGradients() {
        for parameter in parameters {
            parameter.clearGradient()
        }
    }

    /// The names of the parameters that no gradient has reached since `clearGradients()`.
    public var parametersWithoutGradient: [String] {
        parameters.filter { !$0.hasGradient }.map(\.name)
    }

    func declare(_ name: String, _ shape: Shape, _ initializer: Initializer) -> Parameter {
        take(name)
        let parameter = Parameter(
            name: name, shape: shape, initializer: initializer, offset: flatCount,
            placeholder: placeholder.buffer(shape.count))
        flatCount += rounded(shape.count)
        parameters.append(parameter)
        return parameter
    }

    func declareState(_ name: String, _ shape: Shape, _ initialValue: Float) -> StateArray {
        take(name)
        let state = StateArray(name: name, shape: shape, initialValue: initialValue, offset: flatStateCount)
        flatStateCount += rounded(shape.count)
        states.append(state)
        return state
    }

    private func take(_ name: String) {
        precondition(!isMaterialized, "\(name): the store is materialized, nothing can be declared any more")
        precondition(names.insert(name).inserted, "\(name) is declared twice")
    }

    private func flat(_ index: Int) -> MutableFloatPointer {
        precondition(isMaterialized, "the store was not materialized")
        return memory[index].pointer
    }

    private func rounded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
