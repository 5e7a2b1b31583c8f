/// Multi-head attention.   x (B, L, 3·C) -> y (B, L, C)
///
///     y_h = softmax(q_h·k_hᵀ/√E)·v_h     for every head h
///
/// B sequences, L tokens, C channels, H heads of E = C/H channels. A row of x holds q of all heads, k of all heads, v of all
/// heads (the order of MambaVision's qkv). Vaswani et al. 2017. Work is split over items: item i is head i mod H of
/// sequence i / H, and an item's bits depend on nothing else.
///
/// One head is gathered into scratch (keys transposed, values padded to eight channels), then taken in blocks of query
/// rows, so that a block's scores stay in cache. Backward computes the probabilities again from each row's
/// largest score and the reciprocal of its sum.
public struct AttentionKernel: Sendable {
    public var length: Int
    public var heads: Int
    public var headWidth: Int

    public init(length: Int, heads: Int, headWidth: Int) {
        precondition(
            length >= 1 && heads >= 1 && headWidth >= 1, "attention: empty (\(length), \(heads), \(headWidth))")
        self.length = length
        self.heads = heads
        self.headWidth = headWidth
    }

    /// Query rows taken at once, in whole register tiles.
    var blockRows: Int { min(length, 30) }
    /// Floats of a row of scores.
    var paddedLength: Int { roundedToEight(length) }
    /// Floats of a row of one head.
    var paddedWidth: Int { roundedToEight(headWidth) }
    var channels: Int { heads * headWidth }
    /// Floats of a row of x.
    var rowStride: Int { 3 * channels }
    var factor: Float { 1 / Float(headWidth).squareRoot() }

    /// Floats that forward leaves for backward, for one item: each row's largest score and 1/sum.
    public var savedCount: Int { 2 * length }

    /// Floats of scratch that `forward` needs.
    public var forwardScratchCount: Int {
        headWidth * paddedLength + length * paddedWidth + blockRows * (paddedLength + paddedWidth)
    }

    /// y for these items. `saved` is (B·H, L, 2).
    public func forward(
        _ x: FloatPointer, items: Range<Int>, into y: MutableFloatPointer, saved: MutableFloatPointer,
        scratch: MutableFloatPointer
    ) {
        let keys = scratch
        let values = keys + headWidth * paddedLength
        let scores = values + length * paddedWidth
        let outputs = scores + blockRows * paddedLength
        for item in items {
            let query = head(x, item)
            gatherTransposed(query + channels, rowStride, into: keys)
            gather(query + 2 * channels, rowStride, into: values)
            let output = y + outputOffset(item)
            for start in stride(from: 0, to: length, by: blockRows) {
                let rows = min(blockRows, length - start)
                score(query + start * rowStride, rows, FloatPointer(keys), into: scores)
                for row in 0..<rows {
                    softmax(scores + row * paddedLength, saved + 2 * (item * length + start + row))
                }
                SmallProduct(
                    rows: rows, columns: paddedWidth, depth: length, a: scores, aRowStride: paddedLength,
                    aDepthStride: 1, b: values, bStride: paddedWidth, c: outputs, cStride: paddedWidth
                ).run()
                for row in 0..<rows {
                    let reciprocal = splat(saved[2 * (item * length + start + row) + 1])
                    let (source, target) = (outputs + row * paddedWidth, output + (start + row) * channels)
                    forEachLanes(headWidth) { e, lanes in
                        store8(load8(source + e) * reciprocal, target + e, lanes: lanes)
                    }
                }
            }
        }
    }

    /// The query part of one item in x.
    @inline(__always)
    func head(_ x: FloatPointer, _ item: Int) -> FloatPointer {
        x + item / heads * length * rowStride + item % heads * headWidth
    }

    /// Where one item begins in y.
    @inline(__always)
    func outputOffset(_ item: Int) -> Int {
        item / heads * length * channels + item % heads * headWidth
    }

    /// s = q·kᵀ/√E for a block of rows; what pads a row stays zero.
    func score(_ query: FloatPointer, _ rows: Int, _ keys: FloatPointer, into scores: MutableFloatPointer) {
        SmallProduct(
            rows: rows, columns: paddedLength, depth: headWidth, a: query, aRowStride: rowStride, aDepthStride: 1,
            b: keys, bStride: paddedLength, c: scores, cStride: paddedLength, factor: factor
        ).run()
    }

    /// exp(s - max) in place, and (max, 1/sum) into `saved`.
    @inline(__always)
    private func softmax(_ scores: MutableFloatPointer, _ saved: MutableFloatPointer) {
        for column in length..<paddedLength {
            scores[column] = -.infinity
        }
        var highest = load8(scores)
        for column in stride(from: 8, to: paddedLength, by: 8) {
            highest = maximum(highest, load8(scores + column))
        }
        let top = largest(highest)
        var total = Float8()
        for column in stride(from: 0, to: paddedLength, by: 8) {
            let value = exponential(load8(scores + column) - splat(top))
            store8(value, scores + column)
            total += value
        }
        saved[0] = top
        saved[1] = 1 / sum(total)
    }

    /// (L, E) with this stride -> (L, padded E), zeros behind.
    func gather(_ source: FloatPointer, _ stride: Int, into target: MutableFloatPointer) {
        for token in 0..<length {
            let (row, place) = (source + token * stride, target + token * paddedWidth)
            forEachLanes(headWidth) { e, lanes in
                store8(load8(row + e, lanes: lanes), place + e)
            }
        }
    }

    /// (L, E) with this stride -> (E, padded L), zeros behind.
    func gatherTransposed(_ source: FloatPointer, _ stride: Int, into target: MutableFloatPointer) {
        let whole = headWidth & ~7
        for token in Swift.stride(from: 0, to: length, by: 8) {
            let count = min(8, length &- token)
            let (rows, place) = (source + token &* stride, target + token)
            for e in Swift.stride(from: 0, to: whole, by: 8) {
                let block = place + e &* paddedLength
                if count == 8 {
                    transposeEight(rows + e, stride: stride, into: block, targetStride: paddedLength)
                } else {
                    transposeEight(rows + e, stride: stride, into: block, targetStride: paddedLength, rows: count)
                }
            }
            for e in whole..<headWidth {
                for lane in 0..<8 { place[e &* paddedLength &+ lane] = lane < count ? rows[lane &* stride &+ e] : 0 }
            }
        }
    }
}
