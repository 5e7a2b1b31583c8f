import Kernels
import Testing

extension Convolution3x3: CustomTestStringConvertible {
    public var testDescription: String {
        "\(height)×\(width)×\(inputChannels) → \(outputChannels) stride \(stride)"
    }
}

/// The sizes every convolution test walks.
let convolutionCases: [Convolution3x3] = {
    var cases: [Convolution3x3] = []
    for (height, width) in [(1, 1), (2, 2), (1, 5), (4, 1), (3, 3), (5, 7), (6, 8)] {
        for (input, output) in [(1, 1), (3, 8), (5, 3), (16, 17), (8, 20)] {
            for stride in [1, 2] {
                cases.append(
                    Convolution3x3(
                        height: height, width: width, inputChannels: input, outputChannels: output, stride: stride))
            }
        }
    }
    for stride in [1, 2] {
        cases += [
            Convolution3x3(height: 17, width: 20, inputChannels: 3, outputChannels: 8, stride: stride),
            Convolution3x3(height: 9, width: 10, inputChannels: 3, outputChannels: 24, stride: stride),
            Convolution3x3(height: 6, width: 7, inputChannels: 40, outputChannels: 80, stride: stride),
            Convolution3x3(height: 3, width: 3, inputChannels: 80, outputChannels: 196, stride: stride),
            Convolution3x3(height: 23, width: 15, inputChannels: 16, outputChannels: 16, stride: stride),
        ]
    }
    // By Winograd's tiles: whole and partial ones, more than one block of them, channels that fill no whole vector.
    let tiled = [(4, 4, 8, 8), (4, 3, 20, 9), (13, 10, 12, 35), (8, 8, 33, 24), (7, 16, 17, 16)]
    cases += tiled.map { height, width, input, output in
        Convolution3x3(height: height, width: width, inputChannels: input, outputChannels: output, stride: 1)
    }
    let halved = [(8, 8, 24, 40), (7, 8, 33, 24), (15, 16, 20, 35), (24, 13, 32, 16), (56, 8, 17, 32)]
    cases += halved.map { height, width, input, output in
        Convolution3x3(height: height, width: width, inputChannels: input, outputChannels: output, stride: 2)
    }
    return cases
}()

@Suite("3×3 convolutions against their slow twins")
struct ConvolutionTests {
    static let images = 3

    @Test("Forward, with and without a bias", arguments: convolutionCases)
    func forward(_ convolution: Convolution3x3) {
        let values = ConvolutionValues(convolution, images: Self.images)
        let slow = SlowConvolution(convolution, values, images: Self.images)
        for bias in [values.bias, [Float](repeating: 0, count: convolution.outputChannels)] {
            let y = values.forward(0..<Self.images, bias: bias == values.bias ? bias : nil)
            #expect(relativeError(Array(y.dropLast(16)), slow.forward(bias: bias)) <= 1e-5)
            #expect(y.suffix(16).allSatisfy { $0 == untouched })
        }
    }

    @Test("Gradient of the input", arguments: convolutionCases)
    func inputGradient(_ convolution: Convolution3x3) {
        let values = ConvolutionValues(convolution, images: Self.images)
        let slow = SlowConvolution(convolution, values, images: Self.images)
        let dx = values.inputGradient([0..<Self.images])
        #expect(relativeError(Array(dx.dropLast(16)), slow.gradients().input) <= 1e-5)
        #expect(dx.suffix(16).allSatisfy { $0 == untouched })
        let twice = values.inputGradient([0..<Self.images], times: 2)
        #expect(twice.dropLast(16) == dx.dropLast(16).map { $0 + $0 }[...])
    }

    @Test("Gradient of the weight", arguments: convolutionCases)
    func weightGradient(_ convolution: Convolution3x3) {
        let values = ConvolutionValues(convolution, images: Self.images)
        let slow = SlowConvolution(convolution, values, images: Self.images)
        let dW = values.weightGradient([0..<Self.images])
        #expect(relativeError(dW, slow.gradients().weight) <= 1e-5)
        var twice = dW
        convolution.addWeightGradient(values.weightSums([0..<Self.images]), accumulate: true, to: &twice)
        #expect(twice == dW.map { $0 + $0 })
    }

    /// Measured: 6.5e-7 in the three at stride 1, where the direct sums have 2.8e-7, 2.8e-7 and 3.7e-7, and at most 3.1e-7
    /// at stride 2
    /// (docs/decisions/0007-winograd.md, 0011-winograd-at-stride-2.md).
    @Test("The transforms to points lose little to sums in Double", arguments: [1, 2])
    func winogradError(stride: Int) {
        let convolution = Convolution3x3(
            height: 8 * stride, width: 8 * stride, inputChannels: 32, outputChannels: 32, stride: stride)
        let values = ConvolutionValues(convolution, images: 2)
        let slow = SlowConvolution(convolution, values, images: 2)
        let zeros = [Float](repeating: 0, count: convolution.outputChannels)
        let (dx, dW) = slow.gradients()
        let forward = rootMeanSquareError(values.forward(0..<2, bias: nil).dropLast(16), slow.forward(bias: zeros))
        let input = rootMeanSquareError(values.inputGradient([0..<2]).dropLast(16), dx)
        let weight = rootMeanSquareError(values.weightGradient([0..<2])[...], dW)
        #expect(max(forward, input, weight) <= (stride == 1 ? 1e-6 : 5e-7))
    }

    @Test("The same bits however images are split over calls", arguments: convolutionCases)
    func splits(_ convolution: Convolution3x3) {
        let images = 7
        let values = ConvolutionValues(convolution, images: images)
        let whole = values.forward(0..<images, bias: values.bias)
        let wholeInput = values.inputGradient([0..<images])
        let wholeWeight = values.weightGradient([0..<images])
        for split in [[1, 1], [2, 3], [6]] {
            let ranges = ranges(of: images, split)
            #expect(values.inputGradient(ranges) == wholeInput)
            #expect(values.weightGradient(ranges) == wholeWeight)
            for range in ranges {
                let part = values.forward(range, bias: values.bias)
                let bounds = (range.lowerBound * convolution.outputCount)..<(range.upperBound * convolution.outputCount)
                #expect(part[bounds] == whole[bounds])
                let rest = part[..<bounds.lowerBound] + part[bounds.upperBound...]
                #expect(Array(rest) == [Float](repeating: untouched, count: rest.count))
            }
        }
    }
}
