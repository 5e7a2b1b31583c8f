import Autograd

/// Drops a residual branch for whole sequences or images at random while training, and scales the others up.
public struct DropPath {
    let rate: Double
    /// Where the draws come from: the block's place and the branch.
    let path: String

    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard rate > 0, let tape = x.tape, tape.isTraining else { return x }
        return dropPath(x, rate: rate, key: tape.random["drop path"][path])
    }
}
