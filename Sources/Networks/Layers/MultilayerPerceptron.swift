import Autograd
import Experiments

/// Linear, GELU, linear.   x (…, C) -> y (…, C)
///
/// The GELU is the exact one (erf) unless `backbone.mlp-gelu` says otherwise.
public struct MultilayerPerceptron {
    let first, second: Linear
    let gelu: BackboneSettings.GELU

    public init(_ channels: Int, hidden: Int, gelu: BackboneSettings.GELU = .erf, in scope: ParameterScope) {
        first = Linear(channels, hidden, in: scope["fc1"])
        second = Linear(hidden, channels, in: scope["fc2"])
        self.gelu = gelu
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        second(first(x), after: gelu == .erf ? .geluErf : .geluTanh)
    }
}
