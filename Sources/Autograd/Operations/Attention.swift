import Kernels

/// Multi-head attention.   x (B, L, 3·C) -> y (B, L, C)
///
///     y_h = softmax(q_h·k_hᵀ/√E)·v_h     for every head h of E = C/heads channels
///
/// A row of x holds q of all heads, k of all heads, v of all heads. The probabilities are never kept: forward leaves two
/// numbers for each row and head, from which backward computes them again.
struct Attention: Operation {
    static let name = "attention"
    let heads: Int
    var keeps: Kept { Kept(inputs: [0]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let x = inputs[0]
        precondition(
            x.rank == 3 && x.count > 0 && x.channels % (3 * heads) == 0,
            "attention: \(x) is not (B, L, 3·C) with C a multiple of \(heads) heads")
        return [x.withChannels(x.channels / 3)]
    }

    func savedCounts(_ inputs: [Shape]) -> [Int] { [items(inputs[0]) * kernel(inputs[0]).savedCount] }

    /// L²·C for q·kᵀ and as many for p·v, in each sequence.
    func multiplyAccumulates(_ inputs: [Shape]) -> Int {
        let x = inputs[0]
        return 2 * x[0] * x[1] * x[1] * (x[2] / 3)
    }

    // y = softmax(q·kᵀ/√E)·v
    func forward(_ pass: ForwardPass) {
        let shape = pass.inputShapes[0]
        let kernel = kernel(shape)
        let pieces = ImagePieces(images: items(shape), pass.parallel)
        let scratch = pass.scratch(pieces.count * kernel.forwardScratchCount)
        let (x, y, saved) = (pass.input(0), pass.output(), pass.saved(0))
        pass.parallel.forEach(pieces.count) { piece in
            kernel.forward(
                x, items: pieces[piece], into: y, saved: saved,
                scratch: scratch.pointer + piece * kernel.forwardScratchCount)
        }
    }

    // y = softmax(q·kᵀ/√E)·v   ⇒   dv = pᵀ·dy, dp = dy·vᵀ, ds = p ∘ (dp − Σ p·dp), dq = ds·k/√E, dk = dsᵀ·q/√E
    func backward(_ pass: BackwardPass) {
        let shape = pass.inputShapes[0]
        let kernel = kernel(shape)
        let pieces = ImagePieces(images: items(shape), pass.parallel)
        let scratch = pass.scratch(pieces.count * kernel.backwardScratchCount)
        let (x, saved, dy) = (pass.input(0), pass.saved(0), pass.gradient())
        pass.write(0) { dx in
            pass.parallel.forEach(pieces.count) { piece in
                kernel.backward(
                    x, saved: saved, dy: dy, items: pieces[piece], into: dx,
                    scratch: scratch.pointer + piece * kernel.backwardScratchCount)
            }
        }
    }

    /// Heads of all sequences.
    private func items(_ x: Shape) -> Int { x[0] * heads }

    private func kernel(_ x: Shape) -> AttentionKernel {
        AttentionKernel(length: x[1], heads: heads, headWidth: x[2] / (3 * heads))
    }
}

/// Multi-head attention inside each sequence: queries, keys and values (B, L, 3·C), in this order and head by head inside,
/// give (B, L, C).
public func attention(_ queryKeyValue: Tensor, heads: Int) -> Tensor {
    precondition(heads >= 1, "attention: \(heads) heads")
    return record(Attention(heads: heads), [queryKeyValue])[0]
}
