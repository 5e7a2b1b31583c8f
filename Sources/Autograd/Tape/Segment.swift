import Randomness

/// A part of a network with one input and one output, of which the tape keeps the input alone: backward runs it again.
///
/// What is computed again has the same bits and leads to the same gradients in the same order, for the memory of one part at
/// a time instead of all (Chen et al. 2016, arXiv 1604.06174). It costs a second forward pass.
struct Segment {
    private let body: (Tensor) -> Tensor
    private let inputShape: Shape
    private let inputValue: KeptValue
    private let inputRecipe: Recipe?
    private let inputSlot: GradientSlot
    private let outputSlot: GradientSlot
    private let random: RandomKey

    init(_ body: @escaping (Tensor) -> Tensor, input: Tensor, output: Tensor, random: RandomKey) {
        self.body = body
        inputShape = input.shape
        inputValue = input.keptValue
        inputRecipe = input.recipe
        inputSlot = input.slot
        outputSlot = output.slot
        self.random = random
    }

    /// Records on `tape` what the segment does, this time for a backward, and hands its output the gradient that has
    /// arrived. Does nothing where none has.
    func record(on tape: Tape) {
        guard let gradient = outputSlot.buffer else { return }
        outputSlot.buffer = nil
        let input = Tensor(
            shape: inputShape, storage: inputValue.buffer(tape.parallel, tape.pool), tape: tape, slot: inputSlot,
            recipe: inputRecipe)
        let present = tape.random
        tape.random = random
        let output = body(input)
        tape.random = present
        output.slot.buffer = gradient
    }
}
