/// One recorded operation: what its backward needs, and nothing else.
struct Node {
    private let operation: any Operation
    let name: String
    private let inputShapes: [Shape]
    private let outputShapes: [Shape]
    private var inputValues: [KeptValue?]
    private let outputBuffers: [Buffer?]
    private let savedBuffers: [Buffer]
    private let inputSlots: [GradientSlot]
    private let outputSlots: [GradientSlot]
    private let isTraining: Bool

    init<Step: Operation>(_ operation: Step, inputs: [Tensor], outputs: [Tensor], saved: [Buffer], isTraining: Bool) {
        let keeps = operation.keeps
        self.operation = operation
        name = Step.name
        inputShapes = inputs.map(\.shape)
        outputShapes = outputs.map(\.shape)
        inputValues = inputs.indices.map { keeps.inputs.contains($0) ? inputs[$0].keptValue : nil }
        outputBuffers = outputs.indices.map { keeps.outputs.contains($0) ? outputs[$0].storage : nil }
        savedBuffers = saved
        inputSlots = inputs.map(\.slot)
        outputSlots = outputs.map(\.slot)
        self.isTraining = isTraining
    }

    /// What `backward` has to do.
    var backwardWork: Profile.Work {
        .backward(operation, inputShapes, outputShapes, required: inputSlots.map(\.isRequired))
    }

    /// Adds this operation's part to the gradients of its inputs, unless nothing arrived at its outputs. What it keeps of
    /// its inputs is gone then.
    mutating func backward(_ parallel: Parallel, _ pool: BufferPool) {
        guard outputSlots.contains(where: { $0.buffer != nil }) else { return }
        let inputs = KeptInputs(inputValues.map { $0?.buffer(parallel, pool) })
        inputValues = []
        operation.backward(
            BackwardPass(
                inputShapes: inputShapes, outputShapes: outputShapes, parallel: parallel, isTraining: isTraining,
                inputs: inputs, outputBuffers: outputBuffers, savedBuffers: savedBuffers, inputSlots: inputSlots,
                outputSlots: outputSlots, pool: pool, operationName: name))
        for slot in outputSlots {
            slot.buffer = nil
        }
    }
}
