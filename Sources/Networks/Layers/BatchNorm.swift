import Autograd

/// Batch normalisation over batch and positions, with an activation behind it.   x (B, H, W, C) -> y (B, H, W, C)
///
/// Training uses the batch's statistics (biased variance) and updates the running ones (unbiased, momentum 0.1).
public struct BatchNorm {
    let weight, bias: Parameter
    let runningMean, runningVariance: StateArray
    let epsilon: Float
    let activation: BatchNormActivation

    public init(
        _ channels: Int, epsilon: Float = 1e-5, activation: BatchNormActivation = .none, in scope: ParameterScope
    ) {
        weight = scope.parameter("weight", [channels], .constant(1))
        bias = scope.parameter("bias", [channels], .constant(0))
        runningMean = scope.state("running_mean", [channels], initialValue: 0)
        runningVariance = scope.state("running_var", [channels], initialValue: 1)
        self.epsilon = epsilon
        self.activation = activation
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        batchNorm(
            x, weight: weight.tensor, bias: bias.tensor, runningMean: runningMean, runningVariance: runningVariance,
            epsilon: epsilon, activation: activation)
    }
}
