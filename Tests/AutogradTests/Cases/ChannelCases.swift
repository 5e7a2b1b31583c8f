import Autograd
import Randomness

private let dropKey = RandomKey(seed: 3)["drop path"]

let channelCases: [OperationCase] = [
    OperationCase(
        name: "concatenate", inputs: [[2, 3, 5], [2, 3, 8], [2, 3, 1]], apply: { [concatenate($0)] },
        twin: { [concatenateTwin($0, [5, 8, 1])] }),
    OperationCase(
        name: "concatenate, a tensor with itself", inputs: [[4, 6]], apply: { [concatenate([$0[0], $0[0]])] },
        twin: { [concatenateTwin([$0[0], $0[0]], [6, 6])] }),
    OperationCase(
        name: "split", inputs: [[2, 3, 14]], apply: { split($0[0], into: [5, 8, 1]) },
        twin: { splitTwin($0[0], [5, 8, 1]) }),
    OperationCase(
        name: "layer scale", inputs: [[2, 5, 11], [11]], apply: { [layerScale($0[0], gamma: $0[1])] },
        twin: { inputs in [inputs[0].enumerated().map { $1 * inputs[1][$0 % 11] }] }),
    OperationCase(
        name: "layer scale, several sums", inputs: [[2, 260, 2], [2]],
        apply: { [layerScale($0[0], gamma: $0[1])] },
        twin: { inputs in [inputs[0].enumerated().map { $1 * inputs[1][$0 % 2] }] }),
    OperationCase(
        name: "drop path", inputs: [[9, 2, 5]], apply: { [dropPath($0[0], rate: 0.4, key: dropKey)] },
        twin: { [dropPathTwin($0[0], leading: 9, rate: 0.4)] }),
    OperationCase(
        name: "drop path, images", inputs: [[6, 2, 2, 8]], apply: { [dropPath($0[0], rate: 0.2, key: dropKey)] },
        twin: { [dropPathTwin($0[0], leading: 6, rate: 0.2)] }),
]

private func concatenateTwin(_ inputs: [[Double]], _ counts: [Int]) -> [Double] {
    (0..<inputs[0].count / counts[0]).flatMap { row in
        zip(inputs, counts).flatMap { values, count in values[row * count..<(row + 1) * count] }
    }
}

private func splitTwin(_ x: [Double], _ counts: [Int]) -> [[Double]] {
    let width = counts.reduce(0, +)
    return counts.indices.map { index in
        let first = counts[..<index].reduce(0, +)
        return (0..<x.count / width).flatMap { row in x[row * width + first..<row * width + first + counts[index]] }
    }
}

private func dropPathTwin(_ x: [Double], leading: Int, rate: Double) -> [Double] {
    var generator = dropKey.generator
    let factors = (0..<leading).map { _ in Double(generator.uniform()) < rate ? 0 : 1 / (1 - rate) }
    return x.enumerated().map { $1 * factors[$0 / (x.count / leading)] }
}
