/// Layer normalization over the channels of each row.   x (R, C), γ (C), β (C) -> y (R, C)
///
///     x̂ = (x - mean(x)) / √(var(x) + ε),   y = γ·x̂ + β,   var biased
///
/// Ba, Kiros and Hinton 2016. Each row's result depends on that row alone.
public enum LayerNormKernel {
    /// Fills `y` and, for backward, each row's mean and 1/√(var + ε).
    public static func forward(
        _ x: FloatPointer, scale: FloatPointer, shift: FloatPointer, epsilon: Float, rows: Range<Int>, channels: Int,
        into y: MutableFloatPointer, means: MutableFloatPointer, inverseDeviations: MutableFloatPointer
    ) {
        for row in rows {
            let (input, output) = (x + row * channels, y + row * channels)
            let mean = rowSum(input, channels) / Float(channels)
            let variance = rowSquares(input, channels, about: mean) / Float(channels)
            let inverse = 1 / (variance + epsilon).squareRoot()
            means[row] = mean
            inverseDeviations[row] = inverse
            let (m, s) = (splat(mean), splat(inverse))
            forEachLanes(channels) { c, lanes in
                let normalized = (load8(input + c, lanes: lanes) - m) * s
                let value = fma(normalized, load8(scale + c, lanes: lanes), load8(shift + c, lanes: lanes))
                store8(value, output + c, lanes: lanes)
            }
        }
    }

    /// y = γ·x̂ + β   ⇒   dγ = Σ_r dy·x̂, dβ = Σ_r dy, and with g = γ·dy:   dx = (g - mean(g) - x̂·mean(g·x̂)) / σ
    ///
    /// `dScale` and `dShift` receive the sums over these rows only: one chunk, added up by `RowsKernel.addChunks`.
    public static func backward(
        _ x: FloatPointer, dy: FloatPointer, scale: FloatPointer, means: FloatPointer,
        inverseDeviations: FloatPointer, rows: Range<Int>, channels: Int, into dx: MutableFloatPointer?, adding: Bool,
        dScale: MutableFloatPointer, dShift: MutableFloatPointer
    ) {
        dScale.update(repeating: 0, count: channels)
        dShift.update(repeating: 0, count: channels)
        for row in rows {
            let offset = row * channels
            let (input, gradient) = (x + offset, dy + offset)
            let (m, s) = (splat(means[row]), splat(inverseDeviations[row]))
            var (sum0, sum1) = (Float8(), Float8())
            forEachLanes(channels) { c, lanes in
                let normalized = (load8(input + c, lanes: lanes) - m) * s
                let d = load8(gradient + c, lanes: lanes)
                let g = d * load8(scale + c, lanes: lanes)
                sum0 += g
                sum1 = fma(g, lanes == 8 ? normalized : normalized * mask(lanes), sum1)
                store8(fma(d, normalized, load8(FloatPointer(dScale + c), lanes: lanes)), dScale + c, lanes: lanes)
                store8(d + load8(FloatPointer(dShift + c), lanes: lanes), dShift + c, lanes: lanes)
            }
            guard let output = dx.map({ $0 + offset }) else { continue }
            let meanGradient = splat(sum(sum0) / Float(channels))
            let meanProduct = splat(sum(sum1) / Float(channels))
            forEachLanes(channels) { c, lanes in
                let normalized = (load8(input + c, lanes: lanes) - m) * s
                let g = load8(gradient + c, lanes: lanes) * load8(scale + c, lanes: lanes)
                let value = (g - meanGradient - normalized * meanProduct) * s
                put8(value, output + c, lanes: lanes, adding: adding)
            }
        }
    }

    @inline(__always)
    private static func rowSum(_ x: FloatPointer, _ count: Int) -> Float {
        var (a, b) = (Float8(), Float8())
        var i = 0
        while i &+ 16 <= count {
            a += load8(x + i)
            b += load8(x + i + 8)
            i &+= 16
        }
        while i < count {
            a += load8(x + i, lanes: count - i)
            i &+= 8
        }
        return sum(a + b)
    }

    @inline(__always)
    private static func rowSquares(_ x: FloatPointer, _ count: Int, about mean: Float) -> Float {
        let m = splat(mean)
        var (a, b) = (Float8(), Float8())
        var i = 0
        while i &+ 16 <= count {
            let (p, q) = (load8(x + i) - m, load8(x + i + 8) - m)
            a = fma(p, p, a)
            b = fma(q, q, b)
            i &+= 16
        }
        while i < count {
            let lanes = min(8, count - i)
            let p = (load8(x + i, lanes: lanes) - m) * mask(lanes)
            a = fma(p, p, a)
            i &+= 8
        }
        return sum(a + b)
    }
}
