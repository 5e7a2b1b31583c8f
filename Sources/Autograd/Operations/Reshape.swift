/// The same numbers under another shape.   x (…) -> y (…), equal counts
struct Reshape: Operation {
    static let name = "reshape"
    let shape: Shape
    var keeps: Kept { .nothing }

    func outputShapes(_ inputs: [Shape]) -> [Shape] { [shape] }

    // The tape shares the memory: there is nothing to compute.
    func forward(_ pass: ForwardPass) {}

    // y = x   ⇒   dx = dy
    func backward(_ pass: BackwardPass) {
        pass.pass(to: 0)
    }
}

extension Tensor {
    /// The same numbers, in the same order, under another shape.
    public func reshaped(_ shape: Shape) -> Tensor {
        guard let tape else { preconditionFailure("reshape: a parameter is on no tape") }
        return tape.recordView(self, as: shape)
    }
}
