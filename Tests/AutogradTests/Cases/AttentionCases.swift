import Autograd
import Foundation

let attentionCases: [OperationCase] = [
    attentionCase(batch: 2, length: 1, heads: 2, width: 4),
    attentionCase(batch: 3, length: 4, heads: 2, width: 8),
    attentionCase(batch: 2, length: 16, heads: 1, width: 16),
    attentionCase(batch: 1, length: 9, heads: 3, width: 5),
    attentionCase(batch: 1, length: 19, heads: 1, width: 11, scale: 3),
    attentionCase(batch: 1, length: 34, heads: 1, width: 8),
]

private func attentionCase(batch: Int, length: Int, heads: Int, width: Int, scale: Double = 1) -> OperationCase {
    OperationCase(
        name: "attention \(length) tokens, \(heads) heads of \(width), values times \(scale)",
        inputs: [[batch, length, 3 * heads * width]], values: { scale * $1 },
        apply: { [attention($0[0], heads: heads)] },
        twin: { [attentionTwin($0[0], batch: batch, length: length, heads: heads, width: width)] })
}

/// softmax(q·kᵀ/√E)·v, number by number.   x (B, L, 3, H, E) -> y (B, L, H, E)
private func attentionTwin(_ x: [Double], batch: Int, length: Int, heads: Int, width: Int) -> [Double] {
    func at(_ b: Int, _ l: Int, _ part: Int, _ h: Int, _ e: Int) -> Double {
        x[(((b * length + l) * 3 + part) * heads + h) * width + e]
    }
    var y: [Double] = []
    for b in 0..<batch {
        for i in 0..<length {
            for h in 0..<heads {
                let scores = (0..<length).map { j in
                    (0..<width).reduce(0) { $0 + at(b, i, 0, h, $1) * at(b, j, 1, h, $1) } / Double(width).squareRoot()
                }
                let top = scores.reduce(-Double.infinity, max)
                let powers = scores.map { exp($0 - top) }
                let total = powers.reduce(0, +)
                for e in 0..<width {
                    y.append((0..<length).reduce(0) { $0 + powers[$1] / total * at(b, $1, 2, h, e) })
                }
            }
        }
    }
    return y
}
