import Autograd

/// Linear, exact (erf) GELU, linear.   x (…, C) -> y (…, C)
public struct MultilayerPerceptron {
    let first, second: Linear

    public init(_ channels: Int, hidden: Int, in scope: ParameterScope) {
        first = Linear(channels, hidden, in: scope["fc1"])
        second = Linear(hidden, channels, in: scope["fc2"])
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        second(geluErf(first(x)))
    }
}
