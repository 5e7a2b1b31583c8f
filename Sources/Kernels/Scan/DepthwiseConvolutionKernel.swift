/// Convolution of each channel with its own short filter along the tokens.   x (B, L, D), w (D, 1, k) -> y (B, L, D)
///
///     z[l, d] = b[d] + Σ_j w[d, j]·x[l + j - left, d],   y = f(z)
///
/// B sequences, L tokens, D channels, k taps; x is zero outside 0..<L. `left` is (k - 1)/2 for "same" padding (for an even
/// k the additional zero is on the right, as in PyTorch) and k - 1 for a causal filter. Rows of x and y may be pieces of
/// wider rows: a stride is the distance between rows in floats.
///
/// Sequences are taken eight channels at a time. Filters of two to five taps stay in registers.
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
    /// D, rounded up to whole vectors.
    var paddedChannels: Int { roundedToEight(channels) }
    /// The tokens whose filters reach no zeros: their number may be none.
    var interior: Range<Int> {
        let first = min(left, length)
        return first..<max(first, length - (taps - 1 - left))
    }

    /// Floats of scratch that `forward` needs: the transposed filters.
    public var forwardScratchCount: Int { taps * paddedChannels }

    /// y = f(z) for these sequences.
    public func forward(
        _ x: FloatPointer, stride xStride: Int, weight: FloatPointer, bias: FloatPointer?, sequences: Range<Int>,
        into y: MutableFloatPointer, stride yStride: Int, scratch: MutableFloatPointer
    ) {
        transpose(weight, into: scratch)
        let filters = FloatPointer(scratch)
        for sequence in sequences {
            let (input, output) = (x + sequence * length * xStride, y + sequence * length * yStride)
            forEachLanes(channels) { d, lanes in
                convolve(
                    input + d, xStride, filters + d, bias.map { load8($0 + d, lanes: lanes) } ?? Float8(), lanes,
                    output + d, yStride, hasSiLU)
            }
        }
    }

    /// f(z) of one sequence for up to eight channels; f is SiLU or none.
    @inline(__always)
    func convolve(
        _ x: FloatPointer, _ xStride: Int, _ filters: FloatPointer, _ bias: Float8, _ lanes: Int,
        _ y: MutableFloatPointer, _ yStride: Int, _ hasSiLU: Bool
    ) {
        let interior = interior
        for token in 0..<length where !interior.contains(token) {
            let z = edge(x, xStride, filters, bias, token, lanes)
            store8(hasSiLU ? silu(z) : z, y + token * yStride, lanes: lanes)
        }
        switch taps {
        case 2: inside(Taps<2>.self, x, xStride, filters, bias, lanes, y, yStride, hasSiLU)
        case 3: inside(Taps<3>.self, x, xStride, filters, bias, lanes, y, yStride, hasSiLU)
        case 4: inside(Taps<4>.self, x, xStride, filters, bias, lanes, y, yStride, hasSiLU)
        case 5: inside(Taps<5>.self, x, xStride, filters, bias, lanes, y, yStride, hasSiLU)
        default:
            for token in interior {
                let z = edge(x, xStride, filters, bias, token, lanes)
                store8(hasSiLU ? silu(z) : z, y + token * yStride, lanes: lanes)
            }
        }
    }

    /// The tokens whose filters reach no zeros.
    @inline(__always)
    private func inside<let count: Int>(
        _ taps: Taps<count>.Type, _ x: FloatPointer, _ xStride: Int, _ filters: FloatPointer, _ bias: Float8,
        _ lanes: Int, _ y: MutableFloatPointer, _ yStride: Int, _ hasSiLU: Bool
    ) {
        let filter = Taps<count>(filters, paddedChannels)
        for token in interior {
            var z = bias
            let first = x + (token - left) * xStride
            for j in 0..<count {
                z = fma(filter.weights[j], load8(first + j * xStride, lanes: lanes), z)
            }
            store8(hasSiLU ? silu(z) : z, y + token * yStride, lanes: lanes)
        }
    }

    /// z of one token, leaving out the taps that reach beyond the sequence.
    @inline(__always)
    private func edge(
        _ x: FloatPointer, _ stride: Int, _ filters: FloatPointer, _ bias: Float8, _ token: Int, _ lanes: Int
    ) -> Float8 {
        var z = bias
        var j = max(0, left - token)
        let last = min(taps, length + left - token)
        while j < last {
            z = fma(load8(filters + j * paddedChannels), load8(x + (token + j - left) * stride, lanes: lanes), z)
            j &+= 1
        }
        return z
    }

    /// (D, k) -> (k, D), D padded with zeros to a multiple of eight.
    func transpose(_ weight: FloatPointer, into filters: MutableFloatPointer) {
        filters.update(repeating: 0, count: taps * paddedChannels)
        for d in 0..<channels {
            for j in 0..<taps {
                filters[j * paddedChannels + d] = weight[d * taps + j]
            }
        }
    }
}

/// A filter of eight channels, in registers.
struct Taps<let count: Int> {
    var weights: InlineArray<count, Float8>

    @inline(__always)
    init(_ filters: FloatPointer, _ stride: Int) {
        weights = InlineArray(repeating: Float8())
        for j in 0..<count {
            weights[j] = load8(filters + j * stride)
        }
    }

    /// Zeros.
    @inline(__always)
    init() {
        weights = InlineArray(repeating: Float8())
    }
}
