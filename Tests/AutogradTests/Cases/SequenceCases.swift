import Autograd
import Foundation

let sequenceCases: [OperationCase] = [
    depthwiseCase("depthwise convolution", [3, 7, 8], taps: 3),
    depthwiseCase("depthwise convolution, ragged, with bias", [2, 5, 11], taps: 3, hasBias: true, .same, .silu),
    depthwiseCase("depthwise convolution, even filter", [2, 6, 5], taps: 4, .same, .silu),
    depthwiseCase("depthwise convolution, causal", [2, 6, 9], taps: 4, hasBias: true, .causal, .silu),
    depthwiseCase("depthwise convolution, filter longer than the sequence", [5, 2, 4], taps: 7, .same, .none),
    depthwiseCase("depthwise convolution, one token", [4, 1, 3], taps: 3, .same, .silu),
    scanCase("selective scan", batch: 3, length: 9, channels: 16, states: 8),
    scanCase("selective scan, ragged", batch: 2, length: 5, channels: 11, states: 3),
    scanCase("selective scan, narrow", batch: 5, length: 4, channels: 3, states: 1),
    scanCase("selective scan, one token", batch: 2, length: 1, channels: 6, states: 4),
    scanCase("selective scan, a chunk and one token", batch: 2, length: 25, channels: 8, states: 2),
    scanCase("selective scan, several chunks", batch: 4, length: 52, channels: 18, states: 2),
    scanCase("selective scan, reversed", batch: 2, length: 30, channels: 19, states: 4, isReversed: true),
]

private func depthwiseCase(
    _ name: String, _ shape: Shape, taps: Int, hasBias: Bool = false, _ padding: DepthwisePadding = .same,
    _ activation: DepthwiseActivation = .none
) -> OperationCase {
    let parameters: [Shape] = [[shape[2], 1, taps]] + (hasBias ? [[shape[2]]] : [])
    return OperationCase(
        name: name, inputs: [shape] + parameters,
        apply: {
            [
                depthwiseConvolution(
                    $0[0], weight: $0[1], bias: hasBias ? $0[2] : nil, padding: padding, activation: activation)
            ]
        },
        twin: { inputs in
            let (length, channels) = (shape[1], shape[2])
            let left = padding == .same ? (taps - 1) / 2 : taps - 1
            return [
                (0..<shape.count).map { index in
                    let (sequence, l, d) = (index / channels / length, index / channels % length, index % channels)
                    var z = hasBias ? inputs[2][d] : 0
                    for j in 0..<taps where (0..<length).contains(l + j - left) {
                        z += inputs[1][d * taps + j] * inputs[0][(sequence * length + l + j - left) * channels + d]
                    }
                    return activation == .silu ? siluTwin(z) : z
                }
            ]
        })
}

private func scanCase(
    _ name: String, batch: Int, length: Int, channels: Int, states: Int, isReversed: Bool = false
) -> OperationCase {
    OperationCase(
        name: name,
        inputs: [
            [batch, length, channels], [batch, length, channels], [channels, states], [batch, length, states],
            [batch, length, states], [channels],
        ],
        values: { input, draw in input == 1 ? log1p(exp(draw)) : input == 2 ? draw / 2 : draw },
        apply: {
            [selectiveScan($0[0], step: $0[1], logA: $0[2], b: $0[3], c: $0[4], skip: $0[5], isReversed: isReversed)]
        },
        twin: { inputs in
            let (u, step, logA, b, c, skip) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[5])
            var y = u
            for (sequence, d) in (0..<batch * channels).map({ ($0 / channels, $0 % channels) }) {
                var h = [Double](repeating: 0, count: states)
                for token in 0..<length {
                    let row = sequence * length + (isReversed ? length - 1 - token : token)
                    let i = row * channels + d
                    y[i] = skip[d] * u[i]
                    for n in 0..<states {
                        let decay = exp(-step[i] * exp(logA[d * states + n]))
                        h[n] = decay * h[n] + step[i] * b[row * states + n] * u[i]
                        y[i] += c[row * states + n] * h[n]
                    }
                }
            }
            return [y]
        })
}

private func siluTwin(_ x: Double) -> Double { x / (1 + exp(-x)) }
