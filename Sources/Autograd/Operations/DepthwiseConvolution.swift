import Kernels

/// Where a filter along the tokens reaches: around its token, or only back.
public enum DepthwisePadding: Sendable {
    case same, causal
}

/// What follows a depthwise convolution in the same pass.
public enum DepthwiseActivation: Sendable {
    case none, silu
}

/// Convolution of each channel with its own filter along the tokens.   x (B, L, D), w (D, 1, k), b (D) -> y (B, L, D)
///
///     y[l, d] = f(b[d] + Σ_j w[d, j]·x[l + j - left, d]),   left = (k - 1)/2 or, causal, k - 1
struct DepthwiseConvolutionOperation: Operation {
    static let name = "depthwise convolution"
    let padding: DepthwisePadding
    let activation: DepthwiseActivation
    let hasBias: Bool
    var keeps: Kept { Kept(inputs: hasBias ? [0, 1, 2] : [0, 1]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let (x, weight) = (inputs[0], inputs[1])
        precondition(
            x.rank == 3 && weight.rank == 3 && weight[0] == x.channels && weight[1] == 1,
            "depthwise convolution: the weight \(weight) does not fit x \(x)")
        precondition(
            !hasBias || inputs[2] == [x.channels], "depthwise convolution: a bias \(inputs.last ?? []) for \(x)")
        return [x]
    }

    func multiplyAccumulates(_ inputs: [Shape]) -> Int { inputs[0].count * inputs[1][2] }

    // y = f(b + Σ_j w[j]·x[l + j - left])
    func forward(_ pass: ForwardPass) {
        let (kernel, channels) = (kernel(pass.inputShapes), pass.inputShapes[0].channels)
        let (x, weight, y) = (pass.input(0), pass.input(1), pass.output())
        let bias = hasBias ? pass.input(2) : nil
        let pieces = ImagePieces(images: pass.inputShapes[0][0], pass.parallel)
        let scratch = pass.scratch(pieces.count * kernel.forwardScratchCount)
        pass.parallel.forEach(pieces.count) { piece in
            kernel.forward(
                x, stride: channels, weight: weight, bias: bias, sequences: pieces[piece], into: y, stride: channels,
                scratch: scratch.pointer + piece * kernel.forwardScratchCount)
        }
    }

    // y = f(z)                        ⇒   dz = dy·f'(z)
    // z = b + Σ_j w[j]·x[l + j - left]   ⇒   dx[l] = Σ_j w[j]·dz[l - j + left], dw[j] = Σ_l dz[l]·x[l + j - left], db = Σ_l dz
    func backward(_ pass: BackwardPass) {
        let (kernel, shape) = (kernel(pass.inputShapes), pass.inputShapes[0])
        let (x, weight, dy) = (pass.input(0), pass.input(1), pass.gradient())
        let bias = hasBias ? pass.input(2) : nil
        let sums = PartialSums(
            pass, ranges: Parallel.reductionRanges(shape[0], grain: 2),
            counts: [pass.inputShapes[1].count, hasBias ? shape.channels : 0])
        let scratch = pass.scratch(sums.ranges.count * kernel.backwardScratchCount)
        let run = { (dx: MutableFloatPointer?) in
            pass.parallel.forEach(sums.ranges.count) { index in
                kernel.backward(
                    x, stride: shape.channels, weight: weight, bias: bias, dy: dy, stride: shape.channels,
                    sequences: sums.ranges[index], into: dx, stride: shape.channels, dWeight: sums[index, 0],
                    dBias: hasBias ? sums[index, 1] : nil,
                    scratch: scratch.pointer + index * kernel.backwardScratchCount)
            }
        }
        if pass.requiresGradient(0) {
            pass.write(0) { dx in run(dx) }
        } else {
            run(nil)
        }
        sums.finish(0, pass, input: 1)
        if hasBias {
            sums.finish(1, pass, input: 2)
        }
    }

    private func kernel(_ inputs: [Shape]) -> DepthwiseConvolutionKernel {
        DepthwiseConvolutionKernel(
            length: inputs[0][1], channels: inputs[0].channels, taps: inputs[1][2],
            padding: padding == .same ? .same : .causal, hasSiLU: activation == .silu)
    }
}

/// Convolves each channel of x (B, L, D) with its own filter, weight (D, 1, k), along the tokens; zeros outside.
public func depthwiseConvolution(
    _ x: Tensor, weight: Tensor, bias: Tensor?, padding: DepthwisePadding = .same,
    activation: DepthwiseActivation = .none
) -> Tensor {
    let operation = DepthwiseConvolutionOperation(padding: padding, activation: activation, hasBias: bias != nil)
    return record(operation, [x, weight] + (bias.map { [$0] } ?? []))[0]
}
