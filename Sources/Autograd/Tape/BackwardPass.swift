import Kernels

/// What an operation's backward works with.
public struct BackwardPass {
    public let inputShapes: [Shape]
    public let outputShapes: [Shape]
    public let parallel: Parallel
    /// What the forward pass was: batch statistics or running ones.
    public let isTraining: Bool
    let inputs: KeptInputs
    let outputBuffers: [Buffer?]
    let savedBuffers: [Buffer]
    let inputSlots: [GradientSlot]
    let outputSlots: [GradientSlot]
    let pool: BufferPool
    let operationName: String

    /// The values of input number `index`, which the operation's `keeps` must name.
    public func input(_ index: Int) -> FloatPointer {
        FloatPointer(kept(inputs[index], "input", index).pointer)
    }

    /// Lets go of the values of input number `index`, which are not to be read afterwards: before memory is asked for.
    public func release(_ index: Int) { inputs.release(index) }

    /// The memory of the values of input number `index`, for writing, where nobody else reads them; otherwise nil.
    public func ownInput(_ index: Int) -> MutableFloatPointer? { inputs.own(index)?.pointer }

    /// The values of output number `index`, which the operation's `keeps` must name.
    public func output(_ index: Int = 0) -> FloatPointer {
        FloatPointer(kept(outputBuffers[index], "output", index).pointer)
    }

    public func saved(_ index: Int) -> FloatPointer { FloatPointer(savedBuffers[index].pointer) }

    /// Memory for the length of this call, undefined before.
    public func scratch(_ count: Int) -> Buffer { pool.buffer(count) }

    /// Zeros for the length of this call.
    public func zeros(_ count: Int) -> Buffer { pool.zeros(count) }

    /// The gradient of output number `index`; zeros where that output had no influence on the loss.
    public func gradient(_ index: Int = 0) -> FloatPointer {
        let slot = outputSlots[index]
        if let buffer = slot.buffer {
            return FloatPointer(buffer.pointer)
        }
        let zeros = pool.zeros(slot.count)
        slot.buffer = zeros
        return FloatPointer(zeros.pointer)
    }

    /// Whether anything needs the gradient of input number `index`.
    public func requiresGradient(_ index: Int) -> Bool { inputSlots[index].isRequired }

    /// Computes the gradient of input number `index`, where it is required: `body` gets the place and whether to add
    /// to what is there (true) or to overwrite (false).
    public func accumulate(_ index: Int, _ body: (_ target: MutableFloatPointer, _ adds: Bool) -> Void) {
        let slot = inputSlots[index]
        guard slot.isRequired else { return }
        let adds = slot.buffer != nil
        body(prepare(slot).pointer, adds)
    }

    /// Like `accumulate`, for kernels that may write where they read: the target is the gradient of output number `output`
    /// itself where nobody else needs that, which saves memory. It is not to be read afterwards.
    public func accumulate(
        _ index: Int, inPlaceOf output: Int, _ body: (_ target: MutableFloatPointer, _ adds: Bool) -> Void
    ) {
        let (slot, source) = (inputSlots[index], outputSlots[output])
        if slot.isRequired, slot.buffer == nil, slot.home == nil, slot.count == source.count,
            let target = ownGradient(output)
        {
            slot.buffer = source.buffer
            return body(target, false)
        }
        accumulate(index, body)
    }

    /// The gradient of output number `output` for writing as well, where nobody else needs it; otherwise nil.
    func ownGradient(_ output: Int = 0) -> MutableFloatPointer? {
        let slot = outputSlots[output]
        return isKnownUniquelyReferenced(&slot.buffer) ? slot.buffer?.pointer : nil
    }

    /// Like `accumulate`, for kernels that can only overwrite: what they write is added by this pass where needed.
    public func write(_ index: Int, _ body: (_ target: MutableFloatPointer) -> Void) {
        accumulate(index) { target, adds in
            guard adds else { return body(target) }
            let count = inputSlots[index].count
            let piece = pool.buffer(count)
            body(piece.pointer)
            Autograd.accumulate(FloatPointer(piece.pointer), into: target, count: count, parallel: parallel)
        }
    }

    /// Hands the gradient of output `output` on, unchanged, as the gradient of input `input`: without a copy where
    /// nothing else has arrived there. Shapes may differ, counts may not.
    public func pass(gradientOf output: Int = 0, to input: Int) {
        let slot = inputSlots[input]
        guard slot.isRequired else { return }
        if slot.buffer == nil, slot.home == nil, let buffer = outputSlots[output].buffer {
            slot.buffer = buffer
            return
        }
        let source = gradient(output)
        write(input) { target in target.update(from: source, count: slot.count) }
    }

    /// The slot's buffer, ready to be written: made where there is none, copied where another tensor shares it.
    private func prepare(_ slot: GradientSlot) -> Buffer {
        if slot.buffer != nil, slot.home == nil, !isKnownUniquelyReferenced(&slot.buffer), let shared = slot.buffer {
            let own = pool.buffer(slot.count)
            own.pointer.update(from: shared.pointer, count: slot.count)
            slot.buffer = own
        }
        let buffer = slot.buffer ?? slot.home ?? pool.buffer(slot.count)
        slot.buffer = buffer
        return buffer
    }

    private func kept(_ buffer: Buffer?, _ kind: String, _ index: Int) -> Buffer {
        guard let buffer else {
            preconditionFailure("\(operationName): backward reads \(kind) \(index), but `keeps` does not name it")
        }
        return buffer
    }
}
