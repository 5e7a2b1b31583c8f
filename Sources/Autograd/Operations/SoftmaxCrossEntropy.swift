import Kernels

/// The mean cross-entropy of a softmax with soft targets.   z (R, K), t (R, K), w (R) -> one number
///
///     loss = Σ_r w[r]·Σ_k t[r, k]·(log Σ_j exp(z[r, j]) − z[r, k]) / Σ_r w[r]
///
/// R rows (images, or tokens of a dense task), K classes. Rows of weight 0 are masked, whatever they hold; where all are,
/// the loss and its gradient are 0. Without weights every row counts 1. The gradient goes to the logits only.
struct SoftmaxCrossEntropy: Operation {
    static let name = "softmax-cross-entropy"
    let hasWeights: Bool
    var keeps: Kept { Kept(inputs: hasWeights ? [0, 1, 2] : [0, 1]) }

    func outputShapes(_ inputs: [Shape]) -> [Shape] {
        let z = inputs[0]
        precondition(
            z == inputs[1] && z.channels >= 1, "softmax-cross-entropy: logits \(z) with targets \(inputs[1])")
        precondition(
            !hasWeights || inputs[2].count == z.rows,
            "softmax-cross-entropy: weights \(inputs.last ?? []) for the rows of \(z)")
        return [[1]]
    }

    /// 1/Σw, or 0.
    func savedCounts(_ inputs: [Shape]) -> [Int] { [1] }

    // loss = Σ w·Σ t·(log Σ exp(z) − z) / Σ w
    func forward(_ pass: ForwardPass) {
        let shape = pass.inputShapes[0]
        let losses = pass.scratch(shape.rows)
        let (logits, targets, weights) = (pass.input(0), pass.input(1), hasWeights ? pass.input(2) : nil)
        pass.parallel.forRanges(shape.rows, grain: grain(shape)) { rows in
            CrossEntropyKernel.forward(
                logits, targets: targets, weights: weights, rows: rows, classes: shape.channels, into: losses.pointer)
        }
        var (total, weight) = (0.0, 0.0)
        for row in 0..<shape.rows {
            total += Double(losses.pointer[row])
            weight += Double(weights?[row] ?? 1)
        }
        pass.saved(0)[0] = weight == 0 ? 0 : Float(1 / weight)
        pass.output()[0] = weight == 0 ? 0 : Float(total / weight)
    }

    // loss = Σ w·Σ t·(log Σ exp(z) − z) / Σ w   ⇒   dz = dloss/Σw · w·(softmax(z)·Σ t − t)
    func backward(_ pass: BackwardPass) {
        let shape = pass.inputShapes[0]
        let (logits, targets, weights) = (pass.input(0), pass.input(1), hasWeights ? pass.input(2) : nil)
        let scale = pass.gradient()[0] * pass.saved(0)[0]
        pass.accumulate(0) { dLogits, adds in
            pass.parallel.forRanges(shape.rows, grain: grain(shape)) { rows in
                CrossEntropyKernel.backward(
                    logits, targets: targets, weights: weights, scale: scale, rows: rows, classes: shape.channels,
                    into: dLogits, adding: adds)
            }
        }
    }

    /// Rows that are worth a thread's while.
    private func grain(_ shape: Shape) -> Int { max(1, (1 << 13) / shape.channels) }
}

/// The mean cross-entropy of softmax(logits) with soft targets, both (rows, classes), over the rows' weights.
///
/// - Parameter weights: one number a row; 0 masks the row. Every row counts 1 where this is nil.
/// - Returns: one number; 0 where all rows are masked. Only `logits` gets a gradient.
public func softmaxCrossEntropy(_ logits: Tensor, targets: Tensor, weights: Tensor?) -> Tensor {
    precondition(
        !targets.slot.isRequired && weights?.slot.isRequired != true,
        "softmax-cross-entropy: the targets and the weights get no gradient, but one of them asks for it")
    return record(SoftmaxCrossEntropy(hasWeights: weights != nil), [logits, targets] + (weights.map { [$0] } ?? []))[0]
}
