#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Cross-entropy of a softmax with soft targets.   z (R, K), t (R, K), w (R) -> loss (R)
///
///     loss[r] = w[r]·Σ_k t[r, k]·(log Σ_j exp(z[r, j]) - z[r, k])
///
/// R rows (images, or tokens of a dense task), K classes. Rows of weight 0 are masked: what they hold is not looked at.
public enum CrossEntropyKernel {
    /// The loss of each row. `weights` nil means 1.
    public static func forward(
        _ logits: FloatPointer, targets: FloatPointer, weights: FloatPointer?, rows: Range<Int>, classes: Int,
        into losses: MutableFloatPointer
    ) {
        for row in rows {
            let weight = weights?[row] ?? 1
            guard weight != 0 else {
                losses[row] = 0
                continue
            }
            let (z, t) = (logits + row * classes, targets + row * classes)
            let (top, total) = normalizer(z, classes)
            let logarithm = splat(Float(log(Double(total))))
            var loss = Float8()
            forEachLanes(classes) { k, lanes in
                let surprise = logarithm - (load8(z + k, lanes: lanes) - splat(top))
                loss = fma(load8(t + k, lanes: lanes), surprise, loss)
            }
            losses[row] = sum(loss) * weight
        }
    }

    /// loss = w·Σ t·(log Σ exp(z) - z)   ⇒   dz = scale·w·(softmax(z)·Σt - t)
    public static func backward(
        _ logits: FloatPointer, targets: FloatPointer, weights: FloatPointer?, scale: Float, rows: Range<Int>,
        classes: Int, into dLogits: MutableFloatPointer, adding: Bool = false
    ) {
        for row in rows {
            let (z, t, dz) = (logits + row * classes, targets + row * classes, dLogits + row * classes)
            let weight = weights?[row] ?? 1
            guard weight != 0 else {
                if !adding { dz.update(repeating: 0, count: classes) }
                continue
            }
            let (top, total) = normalizer(z, classes)
            var mass = Float8()
            forEachLanes(classes) { k, lanes in
                mass += load8(t + k, lanes: lanes)
            }
            let share = splat(sum(mass) / total)
            let factor = splat(scale * weight)
            forEachLanes(classes) { k, lanes in
                let power = exponential(load8(z + k, lanes: lanes) - splat(top))
                put8(factor * fma(power, share, -load8(t + k, lanes: lanes)), dz + k, lanes: lanes, adding: adding)
            }
        }
    }

    /// The largest logit and Σ exp(z - largest).
    @inline(__always)
    private static func normalizer(_ z: FloatPointer, _ classes: Int) -> (top: Float, total: Float) {
        var top = z[0]
        for k in 1..<max(1, classes) where z[k] > top {
            top = z[k]
        }
        var total = Float8()
        forEachLanes(classes) { k, lanes in
            total += exponential(load8(z + k, lanes: lanes) - splat(top)) * mask(lanes)
        }
        return (top, sum(total))
    }
}
