extension AttentionKernel {
    /// Floats of scratch that `backward` needs.
    public var backwardScratchCount: Int {
        2 * headWidth * paddedLength + 5 * length * paddedWidth + blockRows * (2 * paddedLength + paddedWidth)
    }

    /// With p = softmax(s), s = q·kᵀ/√E, y = p·v:
    ///
    /// - y = p·v            ⇒   dv = pᵀ·dy, dp = dy·vᵀ
    /// - p = softmax(s)     ⇒   ds = p ∘ (dp - Σ_j p·dp)
    /// - s = q·kᵀ/√E        ⇒   dq = ds·k/√E, dk = dsᵀ·q/√E
    ///
    /// Fills the columns of `dx` (B, L, 3·C) that belong to these items.
    public func backward(
        _ x: FloatPointer, saved: FloatPointer, dy: FloatPointer, items: Range<Int>, into dx: MutableFloatPointer,
        scratch: MutableFloatPointer
    ) {
        let memory = BackwardMemory(self, scratch)
        for item in items {
            let query = head(x, item)
            gatherTransposed(query + channels, rowStride, into: memory.keysTransposed)
            gatherTransposed(query + 2 * channels, rowStride, into: memory.valuesTransposed)
            gather(query, rowStride, into: memory.queries)
            gather(query + channels, rowStride, into: memory.keys)
            gather(dy + outputOffset(item), channels, into: memory.dOutputs)
            memory.dKeys.update(repeating: 0, count: length * paddedWidth)
            memory.dValues.update(repeating: 0, count: length * paddedWidth)
            let target = dx + (head(x, item) - x)
            for start in stride(from: 0, to: length, by: blockRows) {
                let rows = min(blockRows, length - start)
                score(query + start * rowStride, rows, FloatPointer(memory.keysTransposed), into: memory.scores)
                products(memory, start, rows, saved + 2 * (item * length + start))
                scatter(memory.dQueries, rows, target + start * rowStride)
            }
            scatter(memory.dKeys, length, target + channels)
            scatter(memory.dValues, length, target + 2 * channels)
        }
    }

    /// The four products of one block of query rows, and ds between them.
    private func products(_ memory: BackwardMemory, _ start: Int, _ rows: Int, _ saved: FloatPointer) {
        let dOutputs = FloatPointer(memory.dOutputs + start * paddedWidth)
        // y = p·v   ⇒   dp = dy·vᵀ
        SmallProduct(
            rows: rows, columns: paddedLength, depth: headWidth, a: dOutputs, aRowStride: paddedWidth, aDepthStride: 1,
            b: memory.valuesTransposed, bStride: paddedLength, c: memory.dScores, cStride: paddedLength
        ).run()
        for row in 0..<rows {
            let offset = row * paddedLength
            softmaxBackward(memory.scores + offset, memory.dScores + offset, saved[2 * row], saved[2 * row + 1])
        }
        // y = p·v   ⇒   dv += pᵀ·dy
        SmallProduct(
            rows: length, columns: paddedWidth, depth: rows, a: memory.scores, aRowStride: 1,
            aDepthStride: paddedLength, b: dOutputs, bStride: paddedWidth, c: memory.dValues, cStride: paddedWidth,
            isAdding: true
        ).run()
        // s = q·kᵀ/√E   ⇒   dq = ds·k/√E
        SmallProduct(
            rows: rows, columns: paddedWidth, depth: length, a: memory.dScores, aRowStride: paddedLength,
            aDepthStride: 1, b: memory.keys, bStride: paddedWidth, c: memory.dQueries, cStride: paddedWidth,
            factor: factor
        ).run()
        // s = q·kᵀ/√E   ⇒   dk += dsᵀ·q/√E
        SmallProduct(
            rows: length, columns: paddedWidth, depth: rows, a: memory.dScores, aRowStride: 1,
            aDepthStride: paddedLength, b: memory.queries + start * paddedWidth, bStride: paddedWidth,
            c: memory.dKeys, cStride: paddedWidth, factor: factor, isAdding: true
        ).run()
    }

    /// p = exp(s - max)/sum over s, and p = softmax(s)   ⇒   ds = p ∘ (dp - Σ_j p·dp) over dp.
    @inline(__always)
    private func softmaxBackward(
        _ scores: MutableFloatPointer, _ dScores: MutableFloatPointer, _ top: Float, _ reciprocal: Float
    ) {
        var products = Float8()
        for column in stride(from: 0, to: paddedLength, by: 8) {
            let probability = exponential(load8(scores + column) - splat(top)) * splat(reciprocal)
            store8(probability, scores + column)
            products = fma(probability, load8(dScores + column), products)  // dp is zero in the padding
        }
        let total = splat(sum(products))
        for column in stride(from: 0, to: paddedLength, by: 8) {
            store8(load8(scores + column) * (load8(dScores + column) - total), dScores + column)
        }
    }

    /// (rows, padded E) -> one part of dx.
    private func scatter(_ source: MutableFloatPointer, _ rows: Int, _ target: MutableFloatPointer) {
        for row in 0..<rows {
            let (from, place) = (source + row * paddedWidth, target + row * rowStride)
            forEachLanes(headWidth) { e, lanes in
                store8(load8(from + e), place + e, lanes: lanes)
            }
        }
    }
}

/// The arrays of one head that backward works with, in the caller's scratch.
private struct BackwardMemory {
    let keysTransposed, valuesTransposed: MutableFloatPointer
    let queries, keys, dOutputs, dKeys, dValues: MutableFloatPointer
    let scores, dScores, dQueries: MutableFloatPointer

    init(_ kernel: AttentionKernel, _ scratch: MutableFloatPointer) {
        let across = kernel.headWidth * kernel.paddedLength
        let along = kernel.length * kernel.paddedWidth
        keysTransposed = scratch
        valuesTransposed = keysTransposed + across
        queries = valuesTransposed + across
        keys = queries + along
        dOutputs = keys + along
        dKeys = dOutputs + along
        dValues = dKeys + along
        scores = dValues + along
        dScores = scores + kernel.blockRows * kernel.paddedLength
        dQueries = dScores + kernel.blockRows * kernel.paddedLength
    }
}
