import Autograd
import Foundation

let normCases: [OperationCase] = [
    layerNormCase("layer norm", rows: 7, channels: 16),
    layerNormCase("layer norm, ragged", rows: 5, channels: 13),
    layerNormCase("layer norm, narrower than a vector", rows: 6, channels: 3),
    layerNormCase("layer norm, several sums", rows: 130, channels: 6),
    OperationCase(
        name: "layer norm, far from zero", inputs: [[9, 24], [24], [24]], values: { $0 == 0 ? 50 + $1 : $1 },
        tolerance: 1e-4, apply: { [layerNorm($0[0], weight: $0[1], bias: $0[2], epsilon: 1e-5)] },
        twin: { [layerNormTwin($0)] }),
    batchNormCase("batch norm", rows: 12, channels: 8, .none),
    batchNormCase("batch norm, ragged", rows: 9, channels: 5, .none),
    batchNormCase("batch norm, ReLU", rows: 30, channels: 16, .relu),
    batchNormCase("batch norm, GELU", rows: 30, channels: 11, .geluTanh),
    batchNormCase("batch norm, several sums", rows: 520, channels: 2, .none),
    batchNormCase("batch norm, running averages", rows: 10, channels: 9, .geluTanh, isTraining: false),
    OperationCase(
        name: "batch norm, far from zero", inputs: [[70, 8], [8], [8]], values: { $0 == 0 ? 100 + $1 : $1 },
        tolerance: 1e-4, apply: { [batchNormOfTest($0, .none)] }, twin: { [batchNormTwin($0, .none, isTraining: true)] }
    ),
]

private func layerNormCase(_ name: String, rows: Int, channels: Int) -> OperationCase {
    OperationCase(
        name: name, inputs: [[rows, channels], [channels], [channels]],
        apply: { [layerNorm($0[0], weight: $0[1], bias: $0[2], epsilon: 1e-5)] }, twin: { [layerNormTwin($0)] })
}

private func layerNormTwin(_ inputs: [[Double]]) -> [Double] {
    let (x, scale, shift) = (inputs[0], inputs[1], inputs[2])
    let channels = scale.count
    return stride(from: 0, to: x.count, by: channels).flatMap { start in
        let row = x[start..<start + channels]
        let mean = row.reduce(0, +) / Double(channels)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(channels)
        return row.enumerated().map { ($1 - mean) / (variance + 1e-5).squareRoot() * scale[$0] + shift[$0] }
    }
}

private func batchNormCase(
    _ name: String, rows: Int, channels: Int, _ activation: BatchNormActivation, isTraining: Bool = true
) -> OperationCase {
    OperationCase(
        name: name, inputs: [[rows, channels], [channels], [channels]], isTraining: isTraining,
        apply: { [batchNormOfTest($0, activation)] },
        twin: { [batchNormTwin($0, activation, isTraining: isTraining)] })
}

/// Running averages that differ by channel: mean c/4, variance 1 + c.
private func batchNormOfTest(_ inputs: [Tensor], _ activation: BatchNormActivation) -> Tensor {
    let store = ParameterStore()
    let scope = ParameterScope(store)
    let mean = scope.state("running_mean", inputs[1].shape, initialValue: 0)
    let variance = scope.state("running_var", inputs[1].shape, initialValue: 1)
    store.materialize(seed: 0)
    for c in 0..<inputs[1].shape.count {
        mean.pointer[c] = Float(c) / 4
        variance.pointer[c] = 1 + Float(c)
    }
    return withExtendedLifetime(store) {
        batchNorm(
            inputs[0], weight: inputs[1], bias: inputs[2], runningMean: mean, runningVariance: variance, epsilon: 1e-5,
            activation: activation)
    }
}

private func batchNormTwin(_ inputs: [[Double]], _ activation: BatchNormActivation, isTraining: Bool) -> [Double] {
    let (x, scale, shift) = (inputs[0], inputs[1], inputs[2])
    let (channels, rows) = (scale.count, x.count / scale.count)
    var y = x
    for c in 0..<channels {
        let column = (0..<rows).map { x[$0 * channels + c] }
        var (mean, variance) = (Double(c) / 4, 1 + Double(c))
        if isTraining {
            mean = column.reduce(0, +) / Double(rows)
            variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
        }
        for row in 0..<rows {
            let z = (column[row] - mean) / (variance + 1e-5).squareRoot() * scale[c] + shift[c]
            y[row * channels + c] = activated(z, activation)
        }
    }
    return y
}

private func activated(_ z: Double, _ activation: BatchNormActivation) -> Double {
    switch activation {
    case .none: z
    case .relu: max(z, 0)
    case .geluTanh: geluTanhTwin(z)
    }
}

private func geluTanhTwin(_ x: Double) -> Double {
    x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
}
