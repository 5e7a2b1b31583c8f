import Kernels
import Randomness

/// Records the operations of one forward pass, and runs them backward.
///
/// A tape in `.training` mode keeps what backward needs; in `.inference` it keeps nothing. `.differentiableInference`
/// computes what inference computes (running statistics, no drop path) and can go backward. `.dry` only counts: shapes,
/// multiply–accumulates and bytes come out of the same model code, without memory behind them.
public final class Tape {
    public enum Mode: Sendable {
        case training, inference, differentiableInference, dry
    }

    public let mode: Mode
    public let parallel: Parallel
    public let pool: BufferPool
    /// Where this pass's random draws come from (drop path): one key a step.
    public var random: RandomKey
    /// Collects the cost of each operation by scope, where set.
    public var census: Census?
    /// Measures each operation's time, where set.
    public var profile: Profile?
    /// The names of the modules that are being called, outermost first.
    public private(set) var scopes: [String] = []
    private var nodes: [Node] = []

    public init(mode: Mode, parallel: Parallel, pool: BufferPool, random: RandomKey = RandomKey(seed: 0)) {
        self.mode = mode
        self.parallel = parallel
        self.pool = pool
        self.random = random
    }

    public var isTraining: Bool { mode == .training }

    /// A tensor for the network's input, with undefined values that the caller fills.
    public func input(_ shape: Shape, requiresGradient: Bool = false) -> Tensor {
        Tensor(
            shape: shape, storage: pool.buffer(shape.count), tape: self,
            slot: GradientSlot(count: shape.count, isRequired: requiresGradient))
    }

    /// Calls `body` inside a named scope, so that costs are counted under that name.
    public func scope<Result>(_ name: String, _ body: () -> Result) -> Result {
        scopes.append(name)
        defer { scopes.removeLast() }
        return body()
    }

    /// Runs an operation and records it. For operations' own call functions.
    public func record<Step: Operation>(_ operation: Step, _ inputs: [Tensor]) -> [Tensor] {
        let inputShapes = inputs.map(\.shape)
        let outputShapes = operation.outputShapes(inputShapes)
        let needsGradient = mode != .inference && inputs.contains { $0.slot.isRequired }
        let saved = operation.savedCounts(inputShapes).map { pool.buffer($0) }
        let recipe =
            needsGradient && operation.isRecomputed
            ? Recipe(operation, inputs: inputs, output: outputShapes[0], saved: saved, isTraining: isTraining) : nil
        let outputs = outputShapes.map { shape in
            Tensor(
                shape: shape, storage: pool.buffer(shape.count), tape: self,
                slot: GradientSlot(count: shape.count, isRequired: needsGradient), recipe: recipe)
        }
        if mode != .dry {
            let start = profile?.now
            operation.forward(
                ForwardPass(
                    inputShapes: inputShapes, outputShapes: outputShapes, parallel: parallel, isTraining: isTraining,
                    isRecorded: needsGradient,
                    inputBuffers: inputs.map(\.storage), outputBuffers: outputs.map(\.storage), savedBuffers: saved,
                    pool: pool))
            profile?.add(
                Step.name, .forward, since: start,
                work: .forward(operation, inputShapes, outputShapes, isRecorded: needsGradient))
        }
        var keeps: [Buffer] = []
        if needsGradient {
            nodes.append(Node(operation, inputs: inputs, outputs: outputs, saved: saved, isTraining: isTraining))
            let kept = operation.keeps.inputs.map { inputs[$0] }.filter { $0.tape != nil && $0.recipe == nil }
            keeps = saved + kept.map(\.storage)
            keeps += operation.keeps.outputs.map { outputs[$0].storage }
        }
        census?.add(Step.name, operation.multiplyAccumulates(inputShapes), keeps: keeps, in: scopes)
        return outputs
    }

    /// Like `record`, for operations that only look at the same memory under another shape.
    public func recordView(_ x: Tensor, as shape: Shape) -> Tensor {
        let operation = Reshape(shape: shape)
        precondition(shape.count == x.shape.count, "reshape: \(x.shape) does not hold as many numbers as \(shape)")
        let needsGradient = mode != .inference && x.slot.isRequired
        let output = Tensor(
            shape: shape, storage: x.storage, tape: self,
            slot: GradientSlot(count: shape.count, isRequired: needsGradient), recipe: x.recipe)
        if needsGradient {
            nodes.append(Node(operation, inputs: [x], outputs: [output], saved: [], isTraining: isTraining))
        }
        return output
    }

    /// Computes the gradient of `loss` (one number) with respect to every parameter and every input that asked for it.
    /// Frees what was kept on the way; the tape is empty afterwards.
    public func backward(_ loss: Tensor) {
        precondition(loss.shape.count == 1, "backward: the loss must be one number, not \(loss.shape)")
        backward(loss, gradient: [1])
    }

    /// Like `backward(_:)` from outputs of any shape, given the gradients that arrive there.
    public func backward(_ output: Tensor, gradient: [Float]) {
        backward([(output, gradient)])
    }

    /// Like `backward(_:)` from several outputs at once.
    public func backward(_ outputs: [(tensor: Tensor, gradient: [Float])]) {
        for (output, gradient) in outputs {
            precondition(
                gradient.count == output.shape.count, "backward: \(gradient.count) numbers for \(output.shape)")
            let start = pool.buffer(output.shape.count)
            start.pointer.update(from: gradient, count: gradient.count)
            output.slot.buffer = start
        }
        while let node = nodes.popLast() {
            let start = profile?.now
            node.backward(parallel, pool)
            profile?.add(node.name, .backward, since: start, work: node.backwardWork)
        }
    }

    /// Forgets what was recorded, for a forward pass that no backward follows.
    public func reset() {
        nodes.removeAll(keepingCapacity: true)
    }
}
