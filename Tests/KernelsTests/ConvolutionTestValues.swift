import Kernels

/// One convolution's random tensors, and the kernels run on them.
struct ConvolutionValues {
    let convolution: Convolution3x3
    let images: Int
    let x, dy, weight, bias: [Float]

    init(_ convolution: Convolution3x3, images: Int) {
        self.convolution = convolution
        self.images = images
        x = testValues(images * convolution.inputCount, seed: 1)
        dy = testValues(images * convolution.outputCount, seed: 2)
        weight = testValues(convolution.weightCount, seed: 3)
        bias = testValues(convolution.outputChannels, seed: 4)
    }

    func forward(_ range: Range<Int>, bias: [Float]?) -> [Float] {
        var packed = [Float](repeating: .nan, count: convolution.packedWeightCount)
        convolution.packWeight(panels: 0..<convolution.weightPanels, weight, into: &packed)
        var scratch = [Float](repeating: .nan, count: convolution.forwardScratchCount)
        var y = [Float](repeating: untouched, count: images * convolution.outputCount + 16)
        convolution.forward(images: range, x, packedWeight: packed, bias: bias, into: &y, scratch: &scratch)
        return y
    }

    func inputGradient(_ ranges: [Range<Int>], times: Int = 1) -> [Float] {
        var packed = [Float](repeating: .nan, count: convolution.packedInputGradientWeightCount)
        convolution.packInputGradientWeight(
            panels: 0..<convolution.inputGradientWeightPanels, weight, into: &packed)
        var dx = [Float](repeating: untouched, count: images * convolution.inputCount + 16)
        for time in 0..<times {
            for range in ranges {
                var scratch = [Float](repeating: .nan, count: convolution.inputGradientScratchCount)
                convolution.inputGradient(
                    images: range, dy, packedWeight: packed, accumulate: time > 0, into: &dx, scratch: &scratch)
            }
        }
        return dx
    }

    func weightSums(_ ranges: [Range<Int>]) -> [Float] {
        var sums = [Float](repeating: .nan, count: convolution.weightSumCount)
        for range in ranges {
            var scratch = [Float](repeating: .nan, count: convolution.weightGradientScratchCount)
            convolution.weightGradient(
                images: range, x, dy, accumulate: range != ranges[0], into: &sums, scratch: &scratch)
        }
        return sums
    }

    func weightGradient(_ ranges: [Range<Int>]) -> [Float] {
        var gradient = [Float](repeating: .nan, count: convolution.weightCount)
        convolution.addWeightGradient(weightSums(ranges), accumulate: false, to: &gradient)
        return gradient
    }
}

/// The convolution by its definition, in Double.
struct SlowConvolution {
    let convolution: Convolution3x3
    let images: Int
    let x, dy, weight: [Double]

    init(_ convolution: Convolution3x3, _ values: ConvolutionValues, images: Int) {
        self.convolution = convolution
        self.images = images
        x = values.x.map(Double.init)
        dy = values.dy.map(Double.init)
        weight = values.weight.map(Double.init)
    }

    func forward(bias: [Float]) -> [Double] {
        var y = (0..<(images * convolution.outputCount)).map { Double(bias[$0 % convolution.outputChannels]) }
        forEachProduct { input, output, tap in y[output] += weight[tap] * x[input] }
        return y
    }

    func gradients() -> (input: [Double], weight: [Double]) {
        var dx = [Double](repeating: 0, count: x.count)
        var dW = [Double](repeating: 0, count: weight.count)
        forEachProduct { input, output, tap in
            dx[input] += weight[tap] * dy[output]
            dW[tap] += x[input] * dy[output]
        }
        return (dx, dW)
    }

    /// Visits every (input, output, weight) that are multiplied with each other, by their indices.
    private func forEachProduct(_ body: (Int, Int, Int) -> Void) {
        let (inputs, outputs) = (convolution.inputChannels, convolution.outputChannels)
        for image in 0..<images {
            for row in 0..<convolution.outputHeight {
                for column in 0..<convolution.outputWidth {
                    let pixel = (image * convolution.outputHeight + row) * convolution.outputWidth + column
                    for tap in 0..<9 {
                        let y = row * convolution.stride + tap / 3 - 1
                        let x = column * convolution.stride + tap % 3 - 1
                        guard (0..<convolution.height).contains(y), (0..<convolution.width).contains(x) else {
                            continue
                        }
                        let source = (image * convolution.height + y) * convolution.width + x
                        for output in 0..<outputs {
                            for input in 0..<inputs {
                                body(
                                    source * inputs + input, pixel * outputs + output,
                                    (output * inputs + input) * 9 + tap)
                            }
                        }
                    }
                }
            }
        }
    }
}
