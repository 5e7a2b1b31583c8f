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

    /// y = f(z)   ⇒   dz = dy·f'(z);   z = γ·x̂ + β   ⇒   dγ = Σ dz·x̂, dβ = Σ dz
    ///
    /// `sums` receives 2·C numbers, dβ and dγ of these rows: one chunk. `dz` receives dz and must not be `dy`; it isn't
    /// touched where there is no activation, since dz is dy then.
    public func backwardSums(
        _ x: FloatPointer, dy: FloatPointer, rows: Range<Int>, dz: MutableFloatPointer?, into sums: MutableFloatPointer
    ) {
        sums.update(repeating: 0, count: 2 * channels)
        guard let activation, let dz else {
            precondition(activation == nil, "batch norm: no place for dz")
            return gather(Identity.self, x, dy, rows, nil, sums)
        }
        if activation == .relu {
            return gather(ReLU.self, x, dy, rows, dz, sums)
        }
        forEachBlock(rows) { block in
            let (start, count) = (block.lowerBound * channels, block.count * channels)
            apply(Identity.self, x, block, dz)
            activation.backward(dz + start, dy: dy + start, count: count, into: dz + start)
            gather(Identity.self, x, dz, block, nil, sums)
        }
    }

    /// z = γ·x̂ + β   ⇒   dx = γ/σ·(dz - Σdz/R - x̂·Σ(dz·x̂)/R)
    ///
    /// `sums` holds dβ and dγ over all `rowCount` rows; nil where the statistics are constants. `dx` may be `dz`.
    public func backward(
        _ x: FloatPointer, dz: FloatPointer, sums: FloatPointer?, rowCount: Int, rows: Range<Int>,
        into dx: MutableFloatPointer, adding: Bool
    ) {
        let reciprocal = splat(sums == nil ? 0 : 1 / Float(rowCount))
        let dShift = sums ?? scale
        let dScale = sums.map { $0 + channels } ?? scale
        for row in rows {
            let offset = row * channels
            forEachLanes(channels) { c, lanes in
                let s = load8(inverseDeviations + c, lanes: lanes)
                let normalized = (load8(x + offset + c, lanes: lanes) - load8(means + c, lanes: lanes)) * s
                let meanGradient = load8(dShift + c, lanes: lanes) * reciprocal
                let meanProduct = load8(dScale + c, lanes: lanes) * reciprocal
                let centred = load8(dz + offset + c, lanes: lanes) - meanGradient - normalized * meanProduct
                put8(centred * (load8(scale + c, lanes: lanes) * s), dx + offset + c, lanes: lanes, adding: adding)
            }
        }
    }

    /// Calls `body` for ranges of rows that stay in the nearest cache together with their results.
    @inline(__always)
    private func forEachBlock(_ rows: Range<Int>, _ body: (Range<Int>) -> Void) {
        let most = max(1, 2048 / channels)
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = min(start + most, rows.upperBound)
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
        _ dz: MutableFloatPointer?, _ sums: MutableFloatPointer
    ) {
        let (dShift, dScale) = (sums, sums + channels)
        for row in rows {
            let offset = row * channels
            forEachLanes(channels) { c, lanes in
                let (normalized, z) = preactivation(x + offset, c, lanes)
                var gradient = load8(dy + offset + c, lanes: lanes)
                if let dz {
                    gradient *= Function.derivative(z)
                    store8(gradient, dz + offset + c, lanes: lanes)
                }
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
