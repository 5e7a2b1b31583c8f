/// The step size of the selective scan from its projection.   Δ = softplus(x + k·b)
///
/// R rows, D channels; b (D); k says how often the bias counts: the official MambaVision code adds it twice.
public enum StepSizeKernel {
    /// Δ[r, d] = softplus(x[r, d] + k·b[d]), the identity above 20.
    public static func forward(
        _ x: FloatPointer, bias: FloatPointer, times: Float, rows: Range<Int>, channels: Int,
        into delta: MutableFloatPointer
    ) {
        for row in rows {
            let offset = row * channels
            forEachLanes(channels) { d, lanes in
                let value = fma(splat(times), load8(bias + d, lanes: lanes), load8(x + offset + d, lanes: lanes))
                store8(softplus(value), delta + offset + d, lanes: lanes)
            }
        }
    }

    /// Δ = softplus(v)   ⇒   dx = dΔ·sigmoid(v), and sigmoid(v) = 1 - e^-Δ, so Δ is all that backward reads.
    ///
    /// db = k·Σ_r dx is left to `RowsKernel.columnSums`. `dx` may be `dDelta`.
    public static func backward(
        delta: FloatPointer, dDelta: FloatPointer, rows: Range<Int>, channels: Int, into dx: MutableFloatPointer,
        adding: Bool = false
    ) {
        let first = rows.lowerBound * channels
        forEachLanes(rows.count * channels) { i, lanes in
            let slope = -exponentialMinusOne(-load8(delta + first + i, lanes: lanes))
            put8(slope * load8(dDelta + first + i, lanes: lanes), dx + first + i, lanes: lanes, adding: adding)
        }
    }
}
