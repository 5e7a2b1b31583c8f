import Kernels

/// A 3×3 convolution with padding 1.   x (B, H, W, I), W (O, I, 3, 3), b (O) -> y (B, ⌈H/s⌉, ⌈W/s⌉, O)
///
///     y[o] = b[o] + Σ_{i, ky, kx} W[o, i, ky, kx] · x[i] at (s·row + ky − 1, s·column + kx − 1)
struct ConvolutionOperation: Operation {
    static let name = "convolution"
    let stride: Int
    let hasBias: Bool
    var keeps: Kept { Kept(inputs: [0, 1]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let (x, weight) = (inputs[0], inputs[1])
        precondition(
            x.rank == 4 && weight == [weight[0], x.channels, 3, 3],
            "convolution: x \(x) does not fit the weight \(weight)")
        precondition(!hasBias || inputs[2] == [weight[0]], "convolution: a bias \(inputs.last ?? []) for \(weight)")
        let sizes = kernel(inputs)
        return [[x[0], sizes.outputHeight, sizes.outputWidth, sizes.outputChannels]]
    }

    func multiplyAccumulates(_ inputs: [Shape]) -> Int { inputs[0][0] * kernel(inputs).multiplyAddsPerImage }

    // y = W * x + b
    func forward(_ pass: ForwardPass) {
        let kernel = kernel(pass.inputShapes)
        let packed = pass.scratch(kernel.packedWeightCount)
        let weight = pass.input(1)
        pass.parallel.forRanges(kernel.weightPanels, grain: panelGrain(kernel.inputChannels)) { panels in
            kernel.packWeight(panels: panels, weight, into: packed.pointer)
        }
        let pieces = ImagePieces(images: pass.inputShapes[0][0], pass.parallel)
        let scratch = pass.scratch(pass.parallel.workers(pieces.count) * kernel.forwardScratchCount)
        let (x, y) = (pass.input(0), pass.output())
        let bias = hasBias ? pass.input(2) : nil
        pass.parallel.forEach(pieces.count) { piece, worker in
            kernel.forward(
                images: pieces[piece], x, packedWeight: packed.pointer, bias: bias, into: y,
                scratch: scratch.pointer + worker * kernel.forwardScratchCount)
        }
    }

    func backward(_ pass: BackwardPass) {
        let kernel = kernel(pass.inputShapes)
        // y = W * x   ⇒   dW[o, i, ky, kx] = Σ dy[o] · x[i]
        pass.accumulate(1) { dW, adds in weightGradient(pass, kernel, into: dW, adds: adds) }
        // y = … + b   ⇒   db = Σ dy
        if hasBias {
            let (dy, channels) = (pass.gradient(), kernel.outputChannels)
            pass.sumRows(2, rows: pass.outputShapes[0].rows, count: channels) { rows, sums in
                Products.columnSums(
                    rows: rows.count, columns: channels, dy + rows.lowerBound * channels, stride: channels,
                    accumulate: false, into: sums)
            }
        }
        // y = W * x   ⇒   dx = W turned by 180°, inputs and outputs exchanged, * dy
        pass.release(0)
        if pass.requiresGradient(0) {
            inputGradient(pass, kernel)
        }
    }

    private func inputGradient(_ pass: BackwardPass, _ kernel: Convolution3x3) {
        let packed = pass.scratch(kernel.packedInputGradientWeightCount)
        let weight = pass.input(1)
        pass.parallel.forRanges(kernel.inputGradientWeightPanels, grain: panelGrain(kernel.outputChannels)) { panels in
            kernel.packInputGradientWeight(panels: panels, weight, into: packed.pointer)
        }
        let pieces = ImagePieces(images: pass.inputShapes[0][0], pass.parallel)
        let scratch = pass.scratch(pass.parallel.workers(pieces.count) * kernel.inputGradientScratchCount)
        let dy = pass.gradient()
        pass.accumulate(0) { dx, adds in
            pass.parallel.forEach(pieces.count) { piece, worker in
                kernel.inputGradient(
                    images: pieces[piece], dy, packedWeight: packed.pointer, accumulate: adds, into: dx,
                    scratch: scratch.pointer + worker * kernel.inputGradientScratchCount)
            }
        }
    }

    /// Sums over ranges of images that depend on the shapes alone, each in a place of its own, then all in order.
    ///
    /// A range has enough pixels that turning round and adding its sums costs little beside computing them.
    private func weightGradient(
        _ pass: BackwardPass, _ kernel: Convolution3x3, into dW: MutableFloatPointer, adds: Bool
    ) {
        let pixels = kernel.weightSumCount > kernel.weightCount ? 1024 : 256
        let ranges = Parallel.reductionRanges(pass.inputShapes[0][0], grain: max(4, pixels / kernel.outputPixels))
        let partial = pass.scratch(ranges.count * kernel.weightCount)
        let memoryCount = kernel.weightSumCount + kernel.weightGradientScratchCount
        let memory = pass.scratch(pass.parallel.workers(ranges.count) * memoryCount)
        let (x, dy) = (pass.input(0), pass.gradient())
        pass.parallel.forEach(ranges.count) { index, worker in
            let sums = memory.pointer + worker * memoryCount
            kernel.weightGradient(
                images: ranges[index], x, dy, accumulate: false, into: sums, scratch: sums + kernel.weightSumCount)
            kernel.addWeightGradient(sums, accumulate: false, to: partial.pointer + index * kernel.weightCount)
        }
        for index in ranges.indices {
            let source = FloatPointer(partial.pointer + index * kernel.weightCount)
            if index == 0 && !adds {
                dW.update(from: source, count: kernel.weightCount)
            } else {
                accumulate(source, into: dW, count: kernel.weightCount, parallel: pass.parallel)
            }
        }
    }

    /// Panels of 16 columns over this many channels that are worth a piece of work of their own.
    private func panelGrain(_ channels: Int) -> Int { max(1, 64 / channels) }

    private func kernel(_ inputs: [Shape]) -> Convolution3x3 {
        let (x, weight) = (inputs[0], inputs[1])
        return Convolution3x3(
            height: x[1], width: x[2], inputChannels: x[3], outputChannels: weight[0], stride: stride)
    }
}

/// Convolves images (B, H, W, I) with a weight (O, I, 3, 3), padding 1, stride 1 or 2: (B, ⌈H/s⌉, ⌈W/s⌉, O).
public func convolution3x3(_ x: Tensor, weight: Tensor, bias: Tensor?, stride: Int) -> Tensor {
    let operation = ConvolutionOperation(stride: stride, hasBias: bias != nil)
    return record(operation, [x, weight] + (bias.map { [$0] } ?? []))[0]
}
