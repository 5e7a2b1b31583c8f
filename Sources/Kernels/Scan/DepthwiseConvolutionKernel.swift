/// Convolution of each channel with its own short filter along the tokens.   x (B, L, D), w (D, 1, k) -> y (B, L, D)
///
///     z[l, d] = b[d] + Σ_j w[d, j]·x[l + j - left, d],   y = f(z)
///
/// B sequences, L tokens, D channels, k taps; x is zero outside 0..<L. `left` is (k - 1)/2 for "same" padding (for an even
/// k the additional zero is on the right, as in PyTorch) and k - 1 for a causal filter. Rows of x and y may be pieces of
/// wider rows: a stride is the distance between rows in floats.
public struct DepthwiseConvolutionKernel: Sendable {
    public enum Padding: Sendable {
        case same, causal
    }

    public var length: Int
    public var channels: Int
    public var taps: Int
    public var padding: Padding
    /// True for f = SiLU, false for none.
    public var hasSiLU: Bool

    public init(length: Int, channels: Int, taps: Int, padding: Padding = .same, hasSiLU: Bool = false) {
        precondition(taps >= 1, "depthwise convolution: \(taps) taps")
        self.length = length
        self.channels = channels
        self.taps = taps
        self.padding = padding
        self.hasSiLU = hasSiLU
    }

    /// How many tokens before l the filter of token l begins.
    var left: Int { padding == .same ? (taps - 1) / 2 : taps - 1 }

    /// Floats of scratch that `backward` needs: the transposed filters and one sequence's dz for eight channels.
    public var backwardScratchCount: Int { forwardScratchCount + 8 * (length + 2 * taps) }
    /// Floats of scratch that `forward` needs: the transposed filters.
    public var forwardScratchCount: Int { taps * roundedToEight(channels) }

    /// y = f(z) for these sequences.
    public func forward(
        _ x: FloatPointer, stride xStride: Int, weight: FloatPointer, bias: FloatPointer?, sequences: Range<Int>,
        into y: MutableFloatPointer, stride yStride: Int, scratch: MutableFloatPointer
    ) {
        transpose(weight, into: scratch)
        let filters = FloatPointer(scratch)
        for sequence in sequences {
            let (input, output) = (x + sequence * length * xStride, y + sequence * length * yStride)
            for token in 0..<length {
                forEachLanes(channels) { d, lanes in
                    let z = convolve(input + d, xStride, filters + d, bias.map { $0 + d }, token, lanes)
                    store8(hasSiLU ? silu(z) : z, output + token * yStride + d, lanes: lanes)
                }
            }
        }
    }

    /// y = f(z)   ⇒   dz = dy·f'(z), z computed again from x;
    /// z[l] = b + Σ_j w[j]·x[l + j - left]   ⇒   dx[l] = Σ_j w[j]·dz[l - j + left], dw[j] = Σ_l dz[l]·x[l + j - left], db = Σ_l dz[l].
    ///
    /// `dWeight` (D, 1, k) and `dBias` (D) receive the sums over these sequences only: one chunk.
    public func backward(
        _ x: FloatPointer, stride xStride: Int, weight: FloatPointer, bias: FloatPointer?, dy: FloatPointer,
        stride dyStride: Int, sequences: Range<Int>, into dx: MutableFloatPointer?, stride dxStride: Int,
        dWeight: MutableFloatPointer, dBias: MutableFloatPointer?, scratch: MutableFloatPointer
    ) {
        transpose(weight, into: scratch)
        dWeight.update(repeating: 0, count: channels * taps)
        dBias?.update(repeating: 0, count: channels)
        let filters = FloatPointer(scratch)
        // dz of one sequence and eight channels, with `taps` zero tokens before and after
        let dz = scratch + forwardScratchCount + 8 * taps
        (dz - 8 * taps).update(repeating: 0, count: 8 * (length + 2 * taps))
        for sequence in sequences {
            let (input, gradient) = (x + sequence * length * xStride, dy + sequence * length * dyStride)
            let output = dx.map { $0 + sequence * length * dxStride }
            forEachLanes(channels) { d, lanes in
                for token in 0..<length {
                    var value = load8(gradient + token * dyStride + d, lanes: lanes)
                    if hasSiLU {
                        let z = convolve(input + d, xStride, filters + d, bias.map { $0 + d }, token, lanes)
                        value *= siluDerivative(z)
                    }
                    store8(value, dz + 8 * token)
                }
                if let output {
                    spread(FloatPointer(dz), filters + d, output + d, dxStride, lanes)
                }
                gather(FloatPointer(dz), input + d, xStride, dWeight + d * taps, lanes)
                if let dBias {
                    addBias(FloatPointer(dz), dBias + d, lanes)
                }
            }
        }
    }

    @inline(__always)
    private func convolve(
        _ x: FloatPointer, _ stride: Int, _ filters: FloatPointer, _ bias: FloatPointer?, _ token: Int, _ lanes: Int
    ) -> Float8 {
        let paddedChannels = roundedToEight(channels)
        let first = max(0, left - token)
        let last = min(taps, length + left - token)
        var z = bias.map { load8($0, lanes: lanes) } ?? Float8()
        var j = first
        while j < last {
            z = fma(load8(filters + j * paddedChannels), load8(x + (token + j - left) * stride, lanes: lanes), z)
            j &+= 1
        }
        return z
    }

    // z[l + left - j] = … + w[j]·x[l]   ⇒   dx[l] = Σ_j w[j]·dz[l - j + left]
    @inline(__always)
    private func spread(
        _ dz: FloatPointer, _ filters: FloatPointer, _ dx: MutableFloatPointer, _ stride: Int, _ lanes: Int
    ) {
        let paddedChannels = roundedToEight(channels)
        for token in 0..<length {
            var total = Float8()
            for j in 0..<taps {
                total = fma(load8(filters + j * paddedChannels), load8(dz + 8 * (token - j + left)), total)
            }
            store8(total, dx + token * stride, lanes: lanes)
        }
    }

    // z[l] = … + w[j]·x[l + j - left]   ⇒   dw[j] = Σ_l dz[l]·x[l + j - left]
    @inline(__always)
    private func gather(
        _ dz: FloatPointer, _ x: FloatPointer, _ stride: Int, _ dWeight: MutableFloatPointer, _ lanes: Int
    ) {
        for j in 0..<taps {
            var total = Float8()
            let first = max(0, left - j)
            let last = min(length, length + left - j)
            var token = first
            while token < last {
                total = fma(load8(dz + 8 * token), load8(x + (token + j - left) * stride, lanes: lanes), total)
                token &+= 1
            }
            for lane in 0..<lanes {
                dWeight[lane * taps + j] += total[lane]
            }
        }
    }

    @inline(__always)
    private func addBias(_ dz: FloatPointer, _ dBias: MutableFloatPointer, _ lanes: Int) {
        var total = load8(FloatPointer(dBias), lanes: lanes)
        for token in 0..<length {
            total += load8(dz + 8 * token)
        }
        store8(total, dBias, lanes: lanes)
    }

    /// (D, k) -> (k, D), D padded with zeros to a multiple of eight.
    private func transpose(_ weight: FloatPointer, into filters: MutableFloatPointer) {
        let paddedChannels = roundedToEight(channels)
        filters.update(repeating: 0, count: taps * paddedChannels)
        for d in 0..<channels {
            for j in 0..<taps {
                filters[j * paddedChannels + d] = weight[d * taps + j]
            }
        }
    }
}
