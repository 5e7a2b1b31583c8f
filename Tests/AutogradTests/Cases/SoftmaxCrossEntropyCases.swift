import Autograd
import Foundation

let softmaxCrossEntropyCases: [OperationCase] = [
    crossEntropyCase("mean of all rows", rows: 5, classes: 10, weights: nil),
    crossEntropyCase("weights and a mask", rows: 6, classes: 3, weights: [1, 0, 2, 0.5, 0, 1]),
    crossEntropyCase("one class", rows: 3, classes: 1, weights: nil),
    crossEntropyCase("large logits", rows: 4, classes: 17, weights: nil, scale: 100),
    crossEntropyCase("all rows masked", rows: 3, classes: 5, weights: [0, 0, 0]),
    crossEntropyCase("many rows", rows: 950, classes: 9, weights: nil),
]

private func crossEntropyCase(_ name: String, rows: Int, classes: Int, weights: [Float]?, scale: Double = 1)
    -> OperationCase
{
    let targets = (0..<rows * classes).map { Float(($0 * 7 + 3) % 11) / 23 }
    return OperationCase(
        name: "softmax cross-entropy, \(name)", inputs: [[rows, classes]], values: { scale * $1 },
        apply: { inputs in
            let weights = weights.map { constant($0, [rows], beside: inputs[0]) }
            let targets = constant(targets, [rows, classes], beside: inputs[0])
            return [softmaxCrossEntropy(inputs[0], targets: targets, weights: weights)]
        },
        twin: { inputs in
            let (total, weight) = (0..<rows).reduce((0.0, 0.0)) { sums, row in
                let z = inputs[0][row * classes..<(row + 1) * classes]
                let top = z.reduce(-Double.infinity, max)
                let normalizer = top + log(z.reduce(0) { $0 + exp($1 - top) })
                let loss = zip(z, targets[(row * classes)...]).reduce(0) { $0 + Double($1.1) * (normalizer - $1.0) }
                let w = weights.map { Double($0[row]) } ?? 1
                return (sums.0 + w * loss, sums.1 + w)
            }
            return [[weight == 0 ? 0 : total / weight]]
        })
}

/// A tensor without a gradient on the tape of another one.
private func constant(_ values: [Float], _ shape: Shape, beside other: Tensor) -> Tensor {
    guard let tape = other.tape else { preconditionFailure("the input is on no tape") }
    let tensor = tape.input(shape)
    tensor.pointer.update(from: values, count: values.count)
    return tensor
}
