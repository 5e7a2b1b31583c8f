import Autograd

/// Multiplies each channel by a trained γ, or does nothing where the network has no layer scale.
public struct LayerScale {
    let gamma: Parameter?

    /// A γ that starts at `initial`; no parameter at all where that is nil.
    public init(_ channels: Int, initial: Double?, named name: String, in scope: ParameterScope) {
        gamma = initial.map { scope.parameter(name, [channels], .constant(Float($0))) }
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard let gamma else { return x }
        return layerScale(x, gamma: gamma.tensor)
    }
}
