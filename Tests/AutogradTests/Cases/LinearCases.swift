import Autograd
import Foundation

let linearCases = [
    linearCase("linear", rows: [2, 5], inputs: 7, outputs: 3, bias: true),
    linearCase("linear without bias", rows: [4], inputs: 16, outputs: 33, bias: false),
    linearCase("linear, rows summed in several ranges", rows: [700], inputs: 2, outputs: 2, bias: true),
    linearCase("linear, many outputs shared out", rows: [61], inputs: 18, outputs: 83, bias: true),
    activatedCase("linear after gelu erf", .geluErf, rows: [2, 150], inputs: 9, outputs: 14, bias: true) { x in
        0.5 * x * (1 + erf(x / 2.0.squareRoot()))
    },
    activatedCase("linear after gelu tanh", .geluTanh, rows: [7], inputs: 40, outputs: 3, bias: false) { x in
        0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    },
]

/// y[r, n] = Σ_k x[r, k]·W[n, k] + b[n]
private func linearCase(_ name: String, rows: [Int], inputs: Int, outputs: Int, bias: Bool) -> OperationCase {
    let x = Shape(rows + [inputs])
    return OperationCase(
        name: name, inputs: [x, [outputs, inputs]] + (bias ? [[outputs]] : []),
        apply: { [linear($0[0], weight: $0[1], bias: bias ? $0[2] : nil)] },
        twin: { [linearTwin($0[0], $0[1], bias: bias ? $0[2] : nil, outputs: outputs)] })
}

/// y[r, n] = Σ_k f(x[r, k])·W[n, k] + b[n]
private func activatedCase(
    _ name: String, _ function: LinearActivation, rows: [Int], inputs: Int, outputs: Int, bias: Bool,
    _ value: @escaping @Sendable (Double) -> Double
) -> OperationCase {
    OperationCase(
        name: name, inputs: [Shape(rows + [inputs]), [outputs, inputs]] + (bias ? [[outputs]] : []),
        apply: { [linear($0[0], after: function, weight: $0[1], bias: bias ? $0[2] : nil)] },
        twin: { [linearTwin($0[0].map(value), $0[1], bias: bias ? $0[2] : nil, outputs: outputs)] })
}

private func linearTwin(_ x: [Double], _ weight: [Double], bias: [Double]?, outputs: Int) -> [Double] {
    let inputs = weight.count / outputs
    var y: [Double] = []
    for row in stride(from: 0, to: x.count, by: inputs) {
        for n in 0..<outputs {
            var sum = bias?[n] ?? 0
            for k in 0..<inputs { sum += x[row + k] * weight[n * inputs + k] }
            y.append(sum)
        }
    }
    return y
}
