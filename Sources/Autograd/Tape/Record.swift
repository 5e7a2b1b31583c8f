/// Records an operation on the tape that its inputs are on. Parameters are on no tape, so one input at least is not one.
func record<Step: Operation>(_ operation: Step, _ inputs: [Tensor]) -> [Tensor] {
    guard let tape = inputs.lazy.compactMap(\.tape).first else {
        preconditionFailure("\(Step.name): no input is on a tape")
    }
    return tape.record(operation, inputs)
}
