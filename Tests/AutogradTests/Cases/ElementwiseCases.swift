import Autograd
import Foundation
import Randomness

let elementwiseCases: [OperationCase] = [
    OperationCase(
        name: "GELU, erf", inputs: [[3, 7, 5]], apply: { [geluErf($0[0])] },
        twin: { [$0[0].map { x in x / 2 * (1 + erf(x / 2.0.squareRoot())) }] }),
    OperationCase(
        name: "GELU, tanh", inputs: [[3, 7, 5]], apply: { [geluTanh($0[0])] },
        twin: { [$0[0].map(geluTanhTwin)] }),
    OperationCase(
        name: "SiLU", inputs: [[3, 7, 5]], apply: { [silu($0[0])] }, twin: { [$0[0].map(siluTwin)] }),
    OperationCase(
        name: "ReLU", inputs: [[3, 7, 5]],
        values: { $1 < 0 ? $1 - 0.01 : $1 + 0.01 },  // no kink within the step of the differences
        apply: { [relu($0[0])] }, twin: { [$0[0].map { max($0, 0) }] }),
    OperationCase(
        name: "multiply", inputs: [[2, 5, 3], [2, 5, 3]], apply: { [multiply($0[0], $0[1])] },
        twin: { inputs in [zip(inputs[0], inputs[1]).map { $0 * $1 }] }),
    OperationCase(
        name: "multiply, a tensor with itself", inputs: [[9]], apply: { [multiply($0[0], $0[0])] },
        twin: { inputs in [inputs[0].map { $0 * $0 }] }),
    OperationCase(
        name: "step size, bias once", inputs: [[2, 9, 5], [5]], apply: { [stepSize($0[0], bias: $0[1], biasCount: 1)] },
        twin: { [stepSizeTwin($0, count: 1)] }),
    OperationCase(
        name: "step size, bias twice, large and small", inputs: [[2, 9, 16], [16]],
        values: { $0 == 0 ? 12 * $1 : $1 }, apply: { [stepSize($0[0], bias: $0[1], biasCount: 2)] },
        twin: { [stepSizeTwin($0, count: 2)] }),
    OperationCase(
        name: "step size, several sums", inputs: [[2, 260, 2], [2]], gradientTolerance: 1e-3,
        apply: { [stepSize($0[0], bias: $0[1], biasCount: 2)] }, twin: { [stepSizeTwin($0, count: 2)] }),
]

func siluTwin(_ x: Double) -> Double { x / (1 + exp(-x)) }

private func stepSizeTwin(_ inputs: [[Double]], count: Double) -> [Double] {
    let channels = inputs[1].count
    return inputs[0].enumerated().map { index, x in
        let v = x + count * inputs[1][index % channels]
        return v > 20 ? v : log1p(exp(v))
    }
}

func geluTanhTwin(_ x: Double) -> Double {
    x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
}
