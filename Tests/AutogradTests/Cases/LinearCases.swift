import Autograd

let linearCases = [
    linearCase("linear", rows: [2, 5], inputs: 7, outputs: 3, bias: true),
    linearCase("linear without bias", rows: [4], inputs: 16, outputs: 33, bias: false),
    linearCase("linear, rows summed in several ranges", rows: [700], inputs: 2, outputs: 2, bias: true),
]

/// y[r, n] = Σ_k x[r, k]·W[n, k] + b[n]
private func linearCase(_ name: String, rows: [Int], inputs: Int, outputs: Int, bias: Bool) -> OperationCase {
    let x = Shape(rows + [inputs])
    return OperationCase(
        name: name, inputs: [x, [outputs, inputs]] + (bias ? [[outputs]] : []),
        apply: { [linear($0[0], weight: $0[1], bias: bias ? $0[2] : nil)] },
        twin: { values in
            var y = [Double]()
            for row in 0..<x.rows {
                for n in 0..<outputs {
                    let terms = (0..<inputs).map { values[0][row * inputs + $0] * values[1][n * inputs + $0] }
                    y.append(terms.reduce(bias ? values[2][n] : 0, +))
                }
            }
            return [y]
        })
}
