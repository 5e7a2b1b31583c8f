import Autograd
import Foundation
import Randomness

let elementwiseCases: [OperationCase] = activationCases + columnCases + factorCases

private let activationCases: [OperationCase] = [
    activationCase("gelu erf", geluErf) { (x: Double) in 0.5 * x * (1 + erf(x / 2.0.squareRoot())) },
    activationCase("gelu tanh", geluTanh) { (x: Double) in
        let inner = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
        return 0.5 * x * (1 + tanh(inner))
    },
    activationCase("silu", silu) { (x: Double) in x / (1 + exp(-x)) },
    activationCase("relu", relu) { (x: Double) in max(x, 0) },
]

private let columnCases: [OperationCase] = [
    OperationCase(
        name: "concatenate", inputs: [[2, 3, 5], [2, 3, 9]], apply: { [concatenate($0)] },
        twin: { inputs in
            let rows = (0..<6).map { row in
                Array(inputs[0][row * 5..<row * 5 + 5]) + Array(inputs[1][row * 9..<row * 9 + 9])
            }
            return [rows.flatMap(\.self)]
        }),
    OperationCase(
        name: "split", inputs: [[4, 21]], apply: { split($0[0], into: [8, 3, 10]) },
        twin: { inputs in
            [0..<8, 8..<11, 11..<21].map { (range: Range<Int>) -> [Double] in
                (0..<4).flatMap { row in Array(inputs[0][row * 21 + range.lowerBound..<row * 21 + range.upperBound]) }
            }
        }),
]

private let factorCases: [OperationCase] = [
    OperationCase(
        name: "multiply", inputs: [[3, 7], [3, 7]], apply: { [multiply($0[0], $0[1])] },
        twin: { inputs in [zip(inputs[0], inputs[1]).map { $0 * $1 }] }),
    OperationCase(
        name: "layer scale", inputs: [[700, 3], [3]], apply: { [layerScale($0[0], gamma: $0[1])] },
        twin: { inputs in [inputs[0].indices.map { inputs[0][$0] * inputs[1][$0 % 3] }] }),
    stepSizeCase(times: 1),
    stepSizeCase(times: 2),
    OperationCase(
        name: "drop path", inputs: [[6, 4, 5]], apply: { [dropPath($0[0], rate: 0.4, key: dropKey)] },
        twin: { inputs in
            var generator = dropKey.generator
            let factors = (0..<6).map { _ in generator.doubleUniform() < 0.4 ? 0 : 1 / 0.6 }
            return [inputs[0].indices.map { inputs[0][$0] * factors[$0 / 20] }]
        }),
]

private let dropKey = RandomKey(seed: 3)["drop"]

private func activationCase(
    _ name: String, _ operation: @escaping @Sendable (Tensor) -> Tensor, _ twin: @escaping @Sendable (Double) -> Double
) -> OperationCase {
    OperationCase(
        name: name, inputs: [[5, 9]], values: { 2 * $1 }, apply: { [operation($0[0])] },
        twin: { [$0[0].map(twin)] })
}

/// Δ = log(1 + e^(x + k·b)), with inputs on both sides of the threshold of 20.
private func stepSizeCase(times: Int) -> OperationCase {
    OperationCase(
        name: "step size, bias \(times)×", inputs: [[300, 6], [6]], values: { $0 == 0 ? 9 * $1 : $1 },
        apply: { [stepSize($0[0], bias: $0[1], biasCount: times)] },
        twin: { inputs in
            [inputs[0].indices.map { log1p(exp(inputs[0][$0] + Double(times) * inputs[1][$0 % 6])) }]
        })
}
