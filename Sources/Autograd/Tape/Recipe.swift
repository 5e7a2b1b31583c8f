/// How an operation's output is computed again: what a cheap operation leaves on the tape in place of its output.
///
/// Layer norms and batch norms with their activations are as large as what they read and cheap beside the product that
/// reads them, so keeping them until backward would cost more than computing them twice (Chen et al. 2016, arXiv 1604.06174).
final class Recipe {
    private let operation: any Operation
    private let inputShapes: [Shape]
    private let outputShapes: [Shape]
    private let inputs: [KeptValue]
    private let savedBuffers: [Buffer]
    private let isTraining: Bool
    /// What was computed last, as long as somebody reads it.
    private weak var latest: Buffer?

    init(_ operation: any Operation, inputs: [Tensor], output: Shape, saved: [Buffer], isTraining: Bool) {
        precondition(
            operation.keeps.inputs.count == inputs.count && operation.keeps.outputs.isEmpty,
            "\(type(of: operation).name): only an operation that keeps all its inputs can be computed again")
        self.operation = operation
        inputShapes = inputs.map(\.shape)
        outputShapes = [output]
        self.inputs = inputs.map(\.keptValue)
        savedBuffers = saved
        self.isTraining = isTraining
    }

    /// The output, computed again unless it still is in use.
    func output(_ parallel: Parallel, _ pool: BufferPool) -> Buffer {
        if let latest {
            return latest
        }
        let buffer = pool.buffer(outputShapes[0].count)
        operation.recompute(
            ForwardPass(
                inputShapes: inputShapes, outputShapes: outputShapes, parallel: parallel, isTraining: isTraining,
                isRecorded: true, isRepeated: true, inputBuffers: inputs.map { $0.buffer(parallel, pool) },
                outputBuffers: [buffer],
                savedBuffers: savedBuffers, pool: pool))
        latest = buffer
        return buffer
    }
}

/// A value that a backward reads: in memory, or to be computed again.
enum KeptValue {
    case buffer(Buffer)
    case recipe(Recipe)

    func buffer(_ parallel: Parallel, _ pool: BufferPool) -> Buffer {
        switch self {
        case .buffer(let buffer): buffer
        case .recipe(let recipe): recipe.output(parallel, pool)
        }
    }
}
