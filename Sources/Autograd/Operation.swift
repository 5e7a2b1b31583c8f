/// One coarse step of a network: its shapes, its cost, its forward and its backward.
///
/// An operation is a small value that holds its settings; everything else reaches it through the passes. It can't be
/// written without a backward. One file each: formula, shapes, forward, backward.
public protocol Operation {
    /// The word for this operation in profiles and error messages.
    static var name: String { get }

    /// What backward reads besides the gradient of the output; everything else is freed as soon as possible.
    var keeps: Kept { get }

    /// The shapes of the outputs; a precondition failure where the inputs don't fit.
    func outputShapes(_ inputs: [Shape]) -> [Shape]

    /// How many numbers of its own each saved buffer holds: what forward leaves for backward, such as inverse standard
    /// deviations.
    func savedCounts(_ inputs: [Shape]) -> [Int]

    /// Multiply–accumulates of the forward pass.
    func multiplyAccumulates(_ inputs: [Shape]) -> Int

    /// Fills the outputs and the saved buffers.
    func forward(_ pass: ForwardPass)

    /// Adds to the gradients of the inputs, given those of the outputs.
    func backward(_ pass: BackwardPass)

    /// Whether the one output is cheap enough to be computed again where a backward reads it, instead of being kept until then.
    /// All inputs must be named by `keeps`.
    var isRecomputed: Bool { get }

    /// Fills the output once more with the same bits, given what forward saved; nothing else may change.
    func recompute(_ pass: ForwardPass)
}

extension Operation {
    public func savedCounts(_ inputs: [Shape]) -> [Int] { [] }
    public func multiplyAccumulates(_ inputs: [Shape]) -> Int { 0 }
    public var isRecomputed: Bool { false }
    public func recompute(_ pass: ForwardPass) { forward(pass) }
}

/// The values that an operation's backward reads.
public struct Kept: Sendable {
    public var inputs: [Int]
    public var outputs: [Int]

    public init(inputs: [Int] = [], outputs: [Int] = []) {
        self.inputs = inputs
        self.outputs = outputs
    }

    public static let nothing = Kept()
}
