extension DepthwiseConvolutionKernel {
    /// Floats of scratch that `backward` needs: the transposed filters, and for one sequence and eight channels dz and x,
    /// each with k zero tokens before and after.
    public var backwardScratchCount: Int { forwardScratchCount + 2 * columnCount }
    private var columnCount: Int { 8 * (length + 2 * taps) }

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
        (scratch + forwardScratchCount).update(repeating: 0, count: 2 * columnCount)
        let dz = scratch + forwardScratchCount + 8 * taps
        let column = dz + columnCount
        for sequence in sequences {
            let (input, gradient) = (x + sequence * length * xStride, dy + sequence * length * dyStride)
            let output = dx.map { $0 + sequence * length * dxStride }
            forEachLanes(channels) { d, lanes in
                let shift = bias.map { load8($0 + d, lanes: lanes) } ?? Float8()
                for token in 0..<length {
                    store8(load8(input + token * xStride + d, lanes: lanes), column + 8 * token)
                }
                if hasSiLU {
                    convolve(FloatPointer(column), 8, filters + d, shift, 8, dz, 8, false)
                }
                for token in 0..<length {
                    let upstream = load8(gradient + token * dyStride + d, lanes: lanes)
                    store8(hasSiLU ? upstream * siluDerivative(load8(dz + 8 * token)) : upstream, dz + 8 * token)
                }
                if let output {
                    spread(FloatPointer(dz), filters + d, output + d, dxStride, lanes)
                }
                gather(FloatPointer(dz), FloatPointer(column), dWeight + d * taps, lanes)
                if let dBias {
                    addBias(FloatPointer(dz), dBias + d, lanes)
                }
            }
        }
    }

    // z[l + left - j] = … + w[j]·x[l]   ⇒   dx[l] = Σ_j w[j]·dz[l - j + left]
    @inline(__always)
    private func spread(
        _ dz: FloatPointer, _ filters: FloatPointer, _ dx: MutableFloatPointer, _ stride: Int, _ lanes: Int
    ) {
        if taps == 3 {
            let filter = Taps<3>(filters, paddedChannels)
            for token in 0..<length {
                let first = dz + 8 * (token + left)
                var total = filter.weights[0] * load8(first)
                total = fma(filter.weights[1], load8(first - 8), total)
                total = fma(filter.weights[2], load8(first - 16), total)
                store8(total, dx + token * stride, lanes: lanes)
            }
            return
        }
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
    private func gather(_ dz: FloatPointer, _ x: FloatPointer, _ dWeight: MutableFloatPointer, _ lanes: Int) {
        if taps == 3 {
            var (sum0, sum1, sum2) = (Float8(), Float8(), Float8())
            for token in 0..<length {
                let (gradient, first) = (load8(dz + 8 * token), x + 8 * (token - left))
                sum0 = fma(gradient, load8(first), sum0)
                sum1 = fma(gradient, load8(first + 8), sum1)
                sum2 = fma(gradient, load8(first + 16), sum2)
            }
            for lane in 0..<lanes {
                dWeight[lane * 3] += sum0[lane]
                dWeight[lane * 3 + 1] += sum1[lane]
                dWeight[lane * 3 + 2] += sum2[lane]
            }
            return
        }
        for j in 0..<taps {
            var total = Float8()
            for token in 0..<length {
                total = fma(load8(dz + 8 * token), load8(x + 8 * (token + j - left)), total)
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
}
