import Kernels

/// What follows a batch norm in the same pass.
public enum BatchNormActivation: Sendable {
    case none, relu, geluTanh

    var kernel: Activation? {
        switch self {
        case .none: nil
        case .relu: .relu
        case .geluTanh: .geluTanh
        }
    }
}

/// Batch normalization of each channel over all rows.   x (…, C), γ (C), β (C) -> y (…, C)
///
///     y = f(γ·(x - mean) / √(var + ε) + β)
///
/// Ioffe and Szegedy 2015. While training, mean and (biased) variance are those of the batch, and the running averages
/// move towards them, the variance unbiased; otherwise the running averages are used.
struct BatchNormOperation: Operation {
    static let name = "batch norm"
    let epsilon: Float
    let momentum: Float
    let activation: BatchNormActivation
    let runningMean: StateArray
    let runningVariance: StateArray
    var keeps: Kept { Kept(inputs: [0, 1, 2]) }
    var isRecomputed: Bool { true }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let channels: Shape = [inputs[0].channels]
        precondition(
            inputs[1] == channels && inputs[2] == channels && runningMean.shape == channels
                && runningVariance.shape == channels,
            "batch norm: γ \(inputs[1]), β \(inputs[2]) or the running averages do not fit x \(inputs[0])")
        return [inputs[0]]
    }

    /// Each channel's mean and inverse standard deviation.
    func savedCounts(_ inputs: [Shape]) -> [Int] { [inputs[0].channels, inputs[0].channels] }
    func multiplyAccumulates(_ inputs: [Shape]) -> Int { 2 * inputs[0].count }

    // y = f(γ·x̂ + β)
    func forward(_ pass: ForwardPass) {
        let shape = pass.inputShapes[0]
        let (means, inverses) = (pass.saved(0), pass.saved(1))
        if pass.isTraining {
            batchStatistics(pass)
        } else {
            means.update(from: runningMean.pointer, count: shape.channels)
            BatchNormStatistics.invert(
                runningVariance.pointer, epsilon: epsilon, channels: shape.channels, into: inverses)
        }
        recompute(pass)
    }

    // The statistics stay those that forward saved: running averages move once a step.
    func recompute(_ pass: ForwardPass) {
        let shape = pass.inputShapes[0]
        let kernel = BatchNormKernel(
            channels: shape.channels, scale: pass.input(1), shift: pass.input(2), means: pass.saved(0),
            inverseDeviations: pass.saved(1), activation: activation.kernel)
        let (x, y) = (pass.input(0), pass.output())
        pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
            kernel.forward(x, rows: rows, into: y)
        }
    }

    // y = f(z)         ⇒   dz = dy·f'(z)
    // z = γ·x̂ + β      ⇒   dγ = Σ dz·x̂, dβ = Σ dz, dx = γ/σ·(dz - mean(dz) - x̂·mean(dz·x̂))
    func backward(_ pass: BackwardPass) {
        let (x, dy, shape) = (pass.input(0), pass.gradient(), pass.inputShapes[0])
        let kernel = BatchNormKernel(
            channels: shape.channels, scale: pass.input(1), shift: pass.input(2), means: pass.saved(0),
            inverseDeviations: pass.saved(1), activation: activation.kernel)
        let partial = PartialSums(
            pass, ranges: Parallel.reductionRanges(shape.rows), counts: [2 * shape.channels])
        // dz takes the place of dy where nobody else reads that.
        let own = kernel.keepsInnerGradient ? pass.ownGradient() : nil
        let inner = kernel.keepsInnerGradient && own == nil ? pass.scratch(shape.count) : nil
        let dz = own ?? inner?.pointer
        let memory = pass.scratch(partial.ranges.count * kernel.scratchCount)
        pass.parallel.forEach(partial.ranges.count) { index in
            kernel.backwardSums(
                x, dy: dy, rows: partial.ranges[index], dz: dz,
                scratch: memory.pointer + index * kernel.scratchCount, into: partial[index, 0])
        }
        let sums = pass.scratch(2 * shape.channels)
        partial.add(0, into: sums.pointer, adding: false)
        // The means are constants where the running statistics were used: dx = γ/σ·dz.
        let meanSums = pass.isTraining ? sums : pass.zeros(2 * shape.channels)
        let gradient = dz.map { FloatPointer($0) } ?? dy
        pass.accumulate(0, inPlaceOf: 0) { dx, adds in
            pass.parallel.forRanges(shape.rows, grain: rowGrain(shape.channels)) { rows in
                kernel.backward(
                    x, gradient: gradient, sums: meanSums.pointer, rowCount: shape.rows, rows: rows, into: dx,
                    adding: adds)
            }
        }
        for (input, offset) in [(1, shape.channels), (2, 0)] {
            pass.accumulate(input) { target, adds in
                RowsKernel.addChunks(
                    sums.pointer + offset, chunks: 1, count: shape.channels, into: target, adding: adds)
            }
        }
    }

    /// Mean and 1/σ of the batch into the saved buffers, and the running averages one step on.
    private func batchStatistics(_ pass: ForwardPass) {
        let (x, shape) = (pass.input(0), pass.inputShapes[0])
        let ranges = Parallel.reductionRanges(shape.rows)
        let count = BatchNormStatistics.recordCount(channels: shape.channels)
        let memory = pass.scratch(2 * ranges.count * count)
        let records = UnsafeMutableRawPointer(memory.pointer).bindMemory(
            to: Double.self, capacity: ranges.count * count)
        pass.parallel.forEach(ranges.count) { index in
            BatchNormStatistics.gather(
                x, rows: ranges[index], channels: shape.channels, into: records + index * count)
        }
        let variances = pass.scratch(shape.channels)
        BatchNormStatistics.combine(
            records, rowCounts: ranges.map(\.count), channels: shape.channels, means: pass.saved(0),
            variances: variances.pointer)
        UnsafeMutableRawPointer(records).bindMemory(to: Float.self, capacity: 2 * ranges.count * count)
        BatchNormStatistics.invert(
            variances.pointer, epsilon: epsilon, channels: shape.channels, into: pass.saved(1))
        if pass.isRepeated { return }
        BatchNormStatistics.updateRunning(
            means: pass.saved(0), variances: variances.pointer, rows: shape.rows, channels: shape.channels,
            momentum: momentum, runningMeans: runningMean.pointer, runningVariances: runningVariance.pointer)
    }
}

/// Normalizes each channel of x (…, C) over all rows, scales by `weight` (C), shifts by `bias` (C) and applies `activation`.
///
/// While training, the batch's statistics are used and the running averages are updated.
public func batchNorm(
    _ x: Tensor, weight: Tensor, bias: Tensor, runningMean: StateArray, runningVariance: StateArray,
    momentum: Float = 0.1, epsilon: Float, activation: BatchNormActivation = .none
) -> Tensor {
    let operation = BatchNormOperation(
        epsilon: epsilon, momentum: momentum, activation: activation, runningMean: runningMean,
        runningVariance: runningVariance)
    return record(operation, [x, weight, bias])[0]
}
