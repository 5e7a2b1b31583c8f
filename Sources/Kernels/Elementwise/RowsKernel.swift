/// Elementwise steps over rows of channels.   R rows, C channels; a stride is the distance between rows in floats.
public enum RowsKernel {
    /// y[r, c] = γ[c]·x[r, c]: the layer scale, and (dx = γ·dy) its backward.
    public static func scaleChannels(
        _ x: FloatPointer, by scale: FloatPointer, rows: Range<Int>, channels: Int, into y: MutableFloatPointer,
        adding: Bool = false
    ) {
        for row in rows {
            let offset = row * channels
            forEachLanes(channels) { c, lanes in
                let value = load8(x + offset + c, lanes: lanes) * load8(scale + c, lanes: lanes)
                put8(value, y + offset + c, lanes: lanes, adding: adding)
            }
        }
    }

    /// y[r, c] = s[r / rowsPerGroup]·x[r, c]: one factor a sequence, as in drop path.
    public static func scaleGroups(
        _ x: FloatPointer, by scale: FloatPointer, rowsPerGroup: Int, rows: Range<Int>, channels: Int,
        into y: MutableFloatPointer, adding: Bool = false
    ) {
        for row in rows {
            let offset = row * channels
            let factor = splat(scale[row / rowsPerGroup])
            forEachLanes(channels) { c, lanes in
                let value = load8(x + offset + c, lanes: lanes) * factor
                put8(value, y + offset + c, lanes: lanes, adding: adding)
            }
        }
    }

    /// y[r, c] = x[r, c] for rows of different stride: split and concatenation of channels.
    public static func copyColumns(
        _ x: FloatPointer, stride xStride: Int, rows: Range<Int>, columns: Int, into y: MutableFloatPointer,
        stride yStride: Int, adding: Bool = false
    ) {
        for row in rows {
            let (source, target) = (x + row * xStride, y + row * yStride)
            forEachLanes(columns) { c, lanes in
                put8(load8(source + c, lanes: lanes), target + c, lanes: lanes, adding: adding)
            }
        }
    }

    /// total[c] = Σ_r a[r, c]·b[r, c] over the rows given: y = γ·x ⇒ dγ = Σ dy·x, one chunk of it.
    public static func columnProductSums(
        _ a: FloatPointer, _ b: FloatPointer, rows: Range<Int>, channels: Int, into total: MutableFloatPointer
    ) {
        forEachLanes(channels) { c, lanes in
            var sum = Float8()
            for row in rows {
                let offset = row * channels + c
                sum = fma(load8(a + offset, lanes: lanes), load8(b + offset, lanes: lanes), sum)
            }
            store8(sum, total + c, lanes: lanes)
        }
    }

    /// total[c] = Σ_r a[r, c] over the rows given.
    public static func columnSums(
        _ a: FloatPointer, stride: Int, rows: Range<Int>, channels: Int, into total: MutableFloatPointer
    ) {
        forEachLanes(channels) { c, lanes in
            var sum = Float8()
            for row in rows {
                sum += load8(a + row * stride + c, lanes: lanes)
            }
            store8(sum, total + c, lanes: lanes)
        }
    }

    /// total[i] = Σ_k partials[k·count + i] in the order of k: the chunks of a sum over rows, added up.
    public static func addChunks(
        _ partials: FloatPointer, chunks: Int, count: Int, scale: Float = 1, into total: MutableFloatPointer,
        adding: Bool = false
    ) {
        let factor = splat(scale)
        forEachLanes(count) { i, lanes in
            var sum = Float8()
            for chunk in 0..<chunks {
                sum += load8(partials + chunk * count + i, lanes: lanes)
            }
            put8(sum * factor, total + i, lanes: lanes, adding: adding)
        }
    }
}
