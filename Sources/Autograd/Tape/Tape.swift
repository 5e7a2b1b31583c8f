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
    /// Whether `recomputed` keeps the input of a part only and runs it again in backward: less memory, more time, the same bits.
    public var recomputesSegments = false
    private var entries: [Entry] = []
    /// False inside a segment, whose operations are recorded when they run for the second time.
    private var isRecording = true
    /// True while a segment runs for the second time.
    private var isRepeating = false

    private enum Entry {
        case node(Node)
        case segment(Segment)
    }

    public init(mode: Mode, parallel: Parallel, pool: BufferPool, random: RandomKey = RandomKey(seed: 0)) {
        self.mode = mode
        self.parallel = parallel
        self.pool = pool
        self.random = random
    }

    public var isTraining: Bool { mode == .training }

    /// A tensor for the network's input whose values lie in memory that somebody else owns, and keeps as they are until the tape
    /// is empty.
    public func input(_ shape: Shape, viewing values: UnsafeMutableBufferPointer<Float>) -> Tensor {
        guard let first = values.baseAddress, values.count >= shape.count else {
            preconditionFailure("input: \(values.count) numbers for \(shape)")
        }
        return Tensor(
            shape: shape, storage: Buffer(viewing: first, count: shape.count), tape: self,
            slot: GradientSlot(count: shape.count, isRequired: false))
    }

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

    /// Calls `body`, a part of the network that reads nothing but `x` and parameters; where `recomputesSegments` says so, for
    /// the second time in backward, instead of keeping what is in it.
    public func recomputed(_ x: Tensor, _ body: @escaping (Tensor) -> Tensor) -> Tensor {
        let canGoBackward = mode == .training || mode == .differentiableInference
        guard recomputesSegments, canGoBackward, isRecording, x.slot.isRequired else { return body(x) }
        isRecording = false
        let inner = body(x)
        isRecording = true
        if inner === x { return x }
        let output = Tensor(
            shape: inner.shape, storage: inner.storage, tape: self,
            slot: GradientSlot(count: inner.shape.count, isRequired: true))
        entries.append(.segment(Segment(body, input: x, output: output, random: random)))
        return output
    }

    /// Runs an operation and records it. For operations' own call functions.
    public func record<Step: Operation>(_ operation: Step, _ inputs: [Tensor]) -> [Tensor] {
        let inputShapes = inputs.map(\.shape)
        let outputShapes = operation.outputShapes(inputShapes)
        let needsGradient = isRecording && mode != .inference && inputs.contains { $0.slot.isRequired }
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
                    isRecorded: needsGradient, isRepeated: isRepeating,
                    inputBuffers: inputs.map(\.storage), outputBuffers: outputs.map(\.storage), savedBuffers: saved,
                    pool: pool))
            profile?.add(
                Step.name, .forward, since: start,
                work: .forward(operation, inputShapes, outputShapes, isRecorded: needsGradient))
        }
        var keeps: [Buffer] = []
        if needsGradient {
            entries.append(
                .node(Node(operation, inputs: inputs, outputs: outputs, saved: saved, isTraining: isTraining)))
            let kept = operation.keeps.inputs.map { inputs[$0] }.filter { $0.tape != nil && $0.recipe == nil }
            keeps = saved + kept.map(\.storage)
            keeps += operation.keeps.outputs.map { outputs[$0].storage }
        }
        if !isRepeating {
            census?.add(Step.name, operation.multiplyAccumulates(inputShapes), keeps: keeps, in: scopes)
        }
        return outputs
    }

    /// Like `record`, for operations that only look at the same memory under another shape.
    public func recordView(_ x: Tensor, as shape: Shape) -> Tensor {
        let operation = Reshape(shape: shape)
        precondition(shape.count == x.shape.count, "reshape: \(x.shape) does not hold as many numbers as \(shape)")
        let needsGradient = isRecording && mode != .inference && x.slot.isRequired
        let output = Tensor(
            shape: shape, storage: x.storage, tape: self,
            slot: GradientSlot(count: shape.count, isRequired: needsGradient), recipe: x.recipe)
        if needsGradient {
            entries.append(
                .node(Node(operation, inputs: [x], outputs: [output], saved: [], isTraining: isTraining)))
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
        while let entry = entries.popLast() {
            // Consumed, so that nothing but the node itself holds its inputs while it goes backward.
            switch consume entry {
            case .segment(let segment): repeatForward(segment)
            case .node(var node): backward(&node)
            }
        }
    }

    /// The segment's operations take its place on the tape.
    private func repeatForward(_ segment: Segment) {
        isRepeating = true
        segment.record(on: self)
        isRepeating = false
    }

    private func backward(_ node: inout Node) {
        let (start, work) = (profile?.now, profile.map { _ in node.backwardWork })
        node.backward(parallel, pool)
        if let work { profile?.add(node.name, .backward, since: start, work: work) }
    }

    /// Forgets what was recorded, for a forward pass that no backward follows.
    public func reset() {
        entries.removeAll(keepingCapacity: true)
    }
}
