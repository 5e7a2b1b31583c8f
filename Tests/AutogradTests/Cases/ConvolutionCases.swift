import Autograd

let convolutionOperationCases: [OperationCase] = [
    convolutionCase([3, 6, 5, 3], outputs: 8, stride: 1, bias: true),
    convolutionCase([9, 4, 4, 16], outputs: 5, stride: 1, bias: false),
    convolutionCase([8, 9, 8, 2], outputs: 2, stride: 1, bias: true),
    convolutionCase([2, 6, 5, 3], outputs: 18, stride: 2, bias: false),
    convolutionCase([5, 3, 4, 2], outputs: 4, stride: 2, bias: true),
    convolutionCase([2, 1, 1, 3], outputs: 2, stride: 1, bias: true),
    convolutionCase([5, 4, 4, 8], outputs: 8, stride: 1, bias: true),
    convolutionCase([2, 1, 1, 3], outputs: 2, stride: 2, bias: true),
]

private func convolutionCase(_ x: Shape, outputs: Int, stride: Int, bias: Bool) -> OperationCase {
    OperationCase(
        name: "convolution \(x) -> \(outputs) stride \(stride)" + (bias ? " with bias" : ""),
        inputs: [x, [outputs, x[3], 3, 3]] + (bias ? [[outputs]] : []),
        apply: { [convolution3x3($0[0], weight: $0[1], bias: bias ? $0[2] : nil, stride: stride)] },
        twin: { inputs in
            [slowConvolution(inputs[0], x, inputs[1], outputs, bias ? inputs[2] : nil, stride)]
        })
}

/// The definition, pixel by pixel.
private func slowConvolution(
    _ x: [Double], _ shape: Shape, _ weight: [Double], _ outputs: Int, _ bias: [Double]?, _ stride: Int
) -> [Double] {
    let (height, width, inputs) = (shape[1], shape[2], shape[3])
    var y: [Double] = []
    for image in 0..<shape[0] {
        for row in Swift.stride(from: 0, to: height, by: stride) {
            for column in Swift.stride(from: 0, to: width, by: stride) {
                for output in 0..<outputs {
                    var sum = bias?[output] ?? 0
                    for tap in 0..<9 {
                        let (r, c) = (row + tap / 3 - 1, column + tap % 3 - 1)
                        guard (0..<height).contains(r), (0..<width).contains(c) else { continue }
                        let pixel = ((image * height + r) * width + c) * inputs
                        for input in 0..<inputs {
                            sum += weight[(output * inputs + input) * 9 + tap] * x[pixel + input]
                        }
                    }
                    y.append(sum)
                }
            }
        }
    }
    return y
}
