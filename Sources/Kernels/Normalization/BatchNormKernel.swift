/// Batch normalization, per channel over all rows, with an activation.   x (R, C); γ, β, mean, 1/σ (C) -> y (R, C)
///
///     x̂ = (x - mean)·(1/σ),   z = γ·x̂ + β,   y = f(z)
///
/// Ioffe and Szegedy 2015. The statistics come from `BatchNormStatistics` in training, from the running averages after.
public struct BatchNormKernel {
    public var channels: Int
    public var scale: FloatPointer
    public var shift: FloatPointer
    public var means: FloatPointer
    public var inverseDeviations: FloatPointer
    /// What follows in the same pass; nil for nothing.
    public var activation: Activation?

    public init(
        channels: Int, scale: FloatPointer, shift: FloatPointer, means: FloatPointer, inverseDeviations: FloatPointer,
        activation: Activation? = nil
    ) {
        self.channels = channels
        self.scale = scale
        self.shift = shift
        self.means = means
        self.inverseDeviations = inverseDeviations
        self.activation = activation
    }

    /// y = f(γ·x̂ + β) for these rows.
    public func forward(_ x: FloatPointer, rows: Range<Int>, into y: MutableFloatPointer) {
        switch activation {
        case nil: apply(Identity.self, x, rows, y)
        case .relu: apply(ReLU.self, x, rows, y)
        case let function?:
            forEachBlock(rows) { block in
                apply(Identity.self, x, block, y)
                let first = y + block.lowerBound * channels
                function.forward(first, count: block.count * channels, into: first)
            }
        }
    }

    /// Whether backward goes through dz in memory: an activation whose slope is too dear to be computed twice.
    public var keepsInnerGradient: Bool { activation != nil && activation != .relu }

    /// y = f(z)   ⇒   dz = dy·f'(z);   z = γ·x̂ + β   ⇒   dγ = Σ dz·x̂, dβ = Σ dz
    ///
    /// `sums` receives 2·C numbers, dβ and dγ of these rows: one chunk. With `keepsInnerGradient`, `dz` receives dz, and may be
    /// `dy`; then `scratch` holds `scratchCount` numbers.
    public func backwardSums(
        _ x: FloatPointer, dy: FloatPointer, rows: Range<Int>, dz: MutableFloatPointer?, scratch: MutableFloatPointer,
        into sums: MutableFloatPointer
    ) {
        sums.update(repeating: 0, count: 2 * channels)
        guard keepsInnerGradient, let activation else {
            return activation == nil
                ? gather(Identity.self, x, dy, rows, sums) : gather(ReLU.self, x, dy, rows, sums)
        }
        guard let dz else { preconditionFailure("batch norm: no place for dz") }
        forEachBlock(rows) { block in
            let (start, count) = (block.lowerBound * channels, block.count * channels)
            apply(Identity.self, x, block, scratch - start)
            activation.backward(FloatPointer(scratch), dy: dy + start, count: count, into: dz + start)
            gather(Identity.self, x, dz, block, sums)
        }
    }

    /// Numbers of scratch that `backwardSums` takes.
    public var scratchCount: Int { keepsInnerGradient ? blockRows * channels : 0 }

    /// z = γ·x̂ + β   ⇒   dx = γ/σ·(dz - Σdz/R - x̂·Σ(dz·x̂)/R)
    ///
    /// `gradient` is dz with `keepsInnerGradient`, otherwise dy. `sums` holds dβ and dγ over all `rowCount` rows; nil where the
    /// statistics are constants. `dx` may be `gradient`.
    public func backward(
        _ x: FloatPointer, gradient: FloatPointer, sums: FloatPointer?, rowCount: Int, rows: Range<Int>,
        into dx: MutableFloatPointer, adding: Bool
    ) {
        if activation == .relu {
            backward(ReLU.self, x, gradient, sums, rowCount, rows, dx, adding)
        } else {
            backward(Identity.self, x, gradient, sums, rowCount, rows, dx, adding)
        }
    }

    @inline(__always)
    private func backward<Function: ActivationFunction>(
        _ function: Function.Type, _ x: FloatPointer, _ dy: FloatPointer, _ sums: FloatPointer?, _ rowCount: Int,
        _ rows: Range<Int>, _ dx: MutableFloatPointer, _ adding: Bool
    ) {
        let reciprocal = splat(sums == nil ? 0 : 1 / Float(rowCount))
        let dShift = sums ?? scale
        let dScale = sums.map { $0 + channels } ?? scale
        for row in rows {
            let offset = row * channels
            forEachLanes(channels) { c, lanes in
                let (normalized, z) = preactivation(x + offset, c, lanes)
                let dz = load8(dy + offset + c, lanes: lanes) * Function.derivative(z)
                let meanGradient = load8(dShift + c, lanes: lanes) * reciprocal
                let meanProduct = load8(dScale + c, lanes: lanes) * reciprocal
                let centred = dz - meanGradient - normalized * meanProduct
                let factor = load8(scale + c, lanes: lanes) * load8(inverseDeviations + c, lanes: lanes)
                put8(centred * factor, dx + offset + c, lanes: lanes, adding: adding)
            }
        }
    }

    /// Rows that stay in the nearest cache together with their results.
    private var blockRows: Int { max(1, 2048 / channels) }

    /// Calls `body` for ranges of `blockRows` rows.
    @inline(__always)
    private func forEachBlock(_ rows: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = min(start + blockRows, rows.upperBound)
            body(start..<end)
            start = end
        }
    }

    @inline(__always)
    private func apply<Function: ActivationFunction>(
        _ function: Function.Type, _ x: FloatPointer, _ rows: Range<Int>, _ y: MutableFloatPointer
    ) {
        for row in rows {
            let offset = row * channels
            forEachLanes(channels) { c, lanes in
                let z = preactivation(x + offset, c, lanes).z
                store8(Function.value(z), y + offset + c, lanes: lanes)
            }
        }
    }

    @inline(__always)
    private func gather<Function: ActivationFunction>(
        _ function: Function.Type, _ x: FloatPointer, _ dy: FloatPointer, _ rows: Range<Int>,
        _ sums: MutableFloatPointer
    ) {
        let (dShift, dScale) = (sums, sums + channels)
        for row in rows {
            let offset = row * channels
            forEachLanes(channels) { c, lanes in
                let (normalized, z) = preactivation(x + offset, c, lanes)
                let gradient = load8(dy + offset + c, lanes: lanes) * Function.derivative(z)
                store8(gradient + load8(FloatPointer(dShift + c), lanes: lanes), dShift + c, lanes: lanes)
                let product = fma(gradient, normalized, load8(FloatPointer(dScale + c), lanes: lanes))
                store8(product, dScale + c, lanes: lanes)
            }
        }
    }

    @inline(__always)
    private func preactivation(_ x: FloatPointer, _ c: Int, _ lanes: Int) -> (normalized: Float8, z: Float8) {
        let difference = load8(x + c, lanes: lanes) - load8(means + c, lanes: lanes)
        let normalized = difference * load8(inverseDeviations + c, lanes: lanes)
        return (normalized, fma(normalized, load8(scale + c, lanes: lanes), load8(shift + c, lanes: lanes)))
    }
}
