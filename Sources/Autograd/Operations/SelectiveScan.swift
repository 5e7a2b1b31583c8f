import Kernels

/// The selective scan.   u, Δ (B, L, D), A_log (D, N), B, C (B, L, N), S (D) -> y (B, L, D)
///
///     A = -exp(A_log)
///     h_l[d, n] = exp(Δ_l[d]·A[d, n])·h_{l-1}[d, n] + Δ_l[d]·B_l[n]·u_l[d],   h = 0 before the first token
///     y_l[d]    = Σ_n C_l[n]·h_l[d, n] + S[d]·u_l[d]
///
/// Gu and Dao 2023, with the simplified discretisation of MambaVision's code (docs/model.md, Mixers).
struct SelectiveScanOperation: Operation {
    static let name = "selective scan"
    let isReversed: Bool
    var keeps: Kept { Kept(inputs: [0, 1, 2, 3, 4, 5]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let u = inputs[0]
        precondition(u.rank == 3 && inputs[1] == u, "selective scan: u \(u) and the step \(inputs[1]) differ")
        precondition(
            inputs[2].rank == 2 && inputs[2][0] == u.channels && inputs[5] == [u.channels],
            "selective scan: A_log \(inputs[2]) or the skip \(inputs[5]) does not fit u \(u)")
        let coefficients = u.withChannels(inputs[2][1])
        precondition(
            inputs[3] == coefficients && inputs[4] == coefficients,
            "selective scan: B \(inputs[3]) and C \(inputs[4]) must be \(coefficients)")
        return [u]
    }

    /// The states before every chunk of tokens but the first.
    func savedCounts(_ inputs: [Shape]) -> [Int] { [max(1, inputs[0][0] * kernel(inputs).checkpointCount)] }

    /// Of each state: Δ·A, the decay, the input and the output; of each channel: Δ·u and the skip.
    func multiplyAccumulates(_ inputs: [Shape]) -> Int { inputs[0].count * (4 * inputs[2][1] + 2) }

    func forward(_ pass: ForwardPass) {
        let kernel = kernel(pass.inputShapes)
        let rates = pass.scratch(pass.inputShapes[2].count)
        // A = -exp(A_log)
        StateRates.forward(pass.input(2), count: rates.count, into: rates.pointer)
        let inputs = SelectiveScanKernel.Inputs(
            u: pass.input(0), step: pass.input(1), rates: rates.pointer, b: pass.input(3), c: pass.input(4),
            skip: pass.input(5))
        let pieces = ImagePieces(images: pass.inputShapes[0][0], pass.parallel)
        let scratch = pass.scratch(pieces.count * kernel.forwardScratchCount)
        let (y, checkpoints) = (pass.output(), pass.isRecorded ? pass.saved(0) : nil)
        pass.parallel.forEach(pieces.count) { piece in
            kernel.forward(
                inputs, sequences: pieces[piece], into: y, checkpoints: checkpoints,
                scratch: scratch.pointer + piece * kernel.forwardScratchCount)
        }
    }

    // The scan's own gradients: see the kernel.   A = -exp(A_log)   ⇒   dA_log = dA·A
    func backward(_ pass: BackwardPass) {
        let (kernel, shape) = (kernel(pass.inputShapes), pass.inputShapes[0])
        let rates = pass.scratch(pass.inputShapes[2].count)
        StateRates.forward(pass.input(2), count: rates.count, into: rates.pointer)
        let sums = PartialSums(
            pass, ranges: Parallel.reductionRanges(shape[0], grain: 2), counts: [rates.count, shape.channels])
        let scratch = pass.scratch(sums.ranges.count * kernel.backwardScratchCount)
        let inputs = SelectiveScanKernel.Inputs(
            u: pass.input(0), step: pass.input(1), rates: rates.pointer, b: pass.input(3), c: pass.input(4),
            skip: pass.input(5))
        let (dy, checkpoints) = (pass.gradient(), pass.saved(0))
        writeAll([0, 1, 3, 4], pass) { targets in
            pass.parallel.forEach(sums.ranges.count) { index in
                let gradients = SelectiveScanKernel.Gradients(
                    u: targets[0], step: targets[1], b: targets[2], c: targets[3], rates: sums[index, 0],
                    skip: sums[index, 1])
                kernel.backward(
                    inputs, dy: dy, checkpoints: checkpoints, sequences: sums.ranges[index], into: gradients,
                    scratch: scratch.pointer + index * kernel.backwardScratchCount)
            }
        }
        let dRates = pass.scratch(rates.count)
        sums.add(0, into: dRates.pointer, adding: false)
        pass.accumulate(2) { target, adds in
            ElementwiseKernel.multiply(dRates.pointer, rates.pointer, count: rates.count, into: target, adding: adds)
        }
        sums.finish(1, pass, input: 5)
    }

    /// One place for each of these inputs' gradients, whether required or not, then `body` once.
    private func writeAll(_ inputs: [Int], _ pass: BackwardPass, _ body: ([MutableFloatPointer]) -> Void) {
        func collect(_ rest: ArraySlice<Int>, _ targets: [MutableFloatPointer]) {
            guard let index = rest.first else { return body(targets) }
            if pass.requiresGradient(index) {
                pass.write(index) { collect(rest.dropFirst(), targets + [$0]) }
            } else {
                let unused = pass.scratch(pass.inputShapes[index].count)
                collect(rest.dropFirst(), targets + [unused.pointer])
            }
        }
        collect(inputs[...], [])
    }

    private func kernel(_ inputs: [Shape]) -> SelectiveScanKernel {
        SelectiveScanKernel(
            length: inputs[0][1], channels: inputs[0].channels, states: inputs[2][1], isReversed: isReversed)
    }
}

/// Scans the tokens of u (B, L, D) with step sizes (B, L, D), logarithms of the decay rates logA (D, N), coefficients b and
/// c (B, L, N) and skip (D); from the last token to the first where `isReversed`.
public func selectiveScan(
    _ u: Tensor, step: Tensor, logA: Tensor, b: Tensor, c: Tensor, skip: Tensor, isReversed: Bool = false
) -> Tensor {
    record(SelectiveScanOperation(isReversed: isReversed), [u, step, logA, b, c, skip])[0]
}
