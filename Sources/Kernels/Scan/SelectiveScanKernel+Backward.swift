extension SelectiveScanKernel {
    /// Where the gradients go.
    public struct Gradients {
        /// du and dΔ (B, L, D); dB and dC (B, L, N) with the rows' stride of B and C.
        public var u, step, b, c: MutableFloatPointer
        /// dA (D, N) and dS (D), summed over the sequences of this call only: one chunk.
        public var rates, skip: MutableFloatPointer

        public init(
            u: MutableFloatPointer, step: MutableFloatPointer, b: MutableFloatPointer, c: MutableFloatPointer,
            rates: MutableFloatPointer, skip: MutableFloatPointer
        ) {
            (self.u, self.step, self.b, self.c, self.rates, self.skip) = (u, step, b, c, rates, skip)
        }
    }

    /// Floats of scratch that `backward` needs.
    public var backwardScratchCount: Int {
        channelMemoryCount + 16 * states + chunkLength * states * tokenWidth
    }

    /// Adjoints, sums and rates: for each sixteen channels, for each state: g (16), dA (16), A·log₂e (16).
    private var channelMemoryCount: Int { 3 * stateCount }
    /// What one token keeps for one state: decay (16), state (16), terms of dB and dC before they are summed (8 and 8).
    private var tokenWidth: Int { 48 }

    /// With a = exp(ΔA) and g the adjoint of h, from the last token to the first:
    ///
    /// - y_l = C_l·h_l + S·u_l          ⇒   g_l = C_l·dy_l + a_{l+1}·g_{l+1}, dC_l[n] = Σ_d h·dy, dS = Σ_l dy·u, du = S·dy + …
    /// - h_l = a_l·h_{l-1} + Δ·B·u      ⇒   dB_l[n] = Σ_d g·Δ·u, du = … + Δ·Σ_n g·B, dΔ = Σ_n g·(A·a·h_{l-1} + B·u), dA = Σ_l g·Δ·a·h_{l-1}
    ///
    /// a·h_{l-1} is taken as h_l - Δ·B·u.
    public func backward(
        _ inputs: Inputs, dy: FloatPointer, checkpoints: FloatPointer, sequences: Range<Int>,
        into gradients: Gradients, scratch: MutableFloatPointer
    ) {
        let memory = scratch
        let zeros = scratch + channelMemoryCount
        zeros.update(repeating: 0, count: 16 * states)
        let tokens = zeros + 16 * states
        packAdjoints(inputs.rates, into: memory)
        gradients.skip.update(repeating: 0, count: channels)
        for sequence in sequences {
            clearAdjoints(memory)
            for chunk in (0..<chunks).reversed() {
                let steps = chunk * chunkLength..<min(length, (chunk + 1) * chunkLength)
                if steps.isEmpty { continue }
                clearTerms(tokens, steps.count)
                // the state before: a checkpoint, or zeros that serve all channels
                let start = chunk == 0 ? FloatPointer(zeros) : state(checkpoints, sequence, before: chunk)
                let startStep = chunk == 0 ? 0 : states
                var d = 0
                while d &+ 16 <= channels {
                    let adjoints = memory + d * states * 3
                    recompute(inputs, sequence, steps, d, 8, 8, start + d * startStep, adjoints, tokens)
                    retreat(inputs, dy, sequence, steps, d, 8, 8, adjoints, tokens, gradients)
                    d &+= 16
                }
                if d < channels {
                    let adjoints = memory + d * states * 3
                    let (first, second) = (min(8, channels - d), max(0, channels - d - 8))
                    recompute(inputs, sequence, steps, d, first, second, start + d * startStep, adjoints, tokens)
                    retreat(inputs, dy, sequence, steps, d, first, second, adjoints, tokens, gradients)
                }
                sumTerms(tokens, sequence, steps, gradients)
            }
        }
        unpackRates(memory, into: gradients.rates)
    }

    /// The state that forward left before a chunk.
    private func state(_ checkpoints: FloatPointer, _ sequence: Int, before chunk: Int) -> FloatPointer {
        checkpoints + (sequence * (chunks - 1) + chunk - 1) * stateCount
    }

    /// The decays and states of one chunk for sixteen channels from `d` on, `first` of them in the first eight lanes and
    /// `second` in the others, into `tokens`.
    @inline(__always)
    private func recompute(
        _ inputs: Inputs, _ sequence: Int, _ steps: Range<Int>, _ d: Int, _ first: Int, _ second: Int,
        _ start: FloatPointer, _ adjoints: MutableFloatPointer, _ tokens: MutableFloatPointer
    ) {
        var target = tokens
        // the state before: the checkpoint's two blocks of eight channels, then the token before in `tokens`
        var before = start
        var (beforeStep, beforeHalf) = (8, 8 * states)
        for step in steps {
            let row = row(sequence, step)
            let offset = row * channels + d
            let delta0 = load8(inputs.step + offset, lanes: first)
            let delta1 = load8(inputs.step + offset + 8, lanes: second)
            let input0 = delta0 * load8(inputs.u + offset, lanes: first)
            let input1 = delta1 * load8(inputs.u + offset + 8, lanes: second)
            let b = inputs.b + row * coefficientStride
            let token = target
            var rates = FloatPointer(adjoints) + 32
            for n in 0..<states {
                let decay0 = powerOfTwo(delta0 * load8(rates))
                let decay1 = powerOfTwo(delta1 * load8(rates + 8))
                let coefficient = splat(b[n])
                store8(decay0, target)
                store8(decay1, target + 8)
                store8(fma(decay0, load8(before), input0 * coefficient), target + 16)
                store8(fma(decay1, load8(before + beforeHalf), input1 * coefficient), target + 24)
                target += tokenWidth
                before += beforeStep
                rates += 48
            }
            before = FloatPointer(token) + 16
            (beforeStep, beforeHalf) = (tokenWidth, 8)
        }
    }

    /// One chunk from its last token to its first, for sixteen channels from `d` on.
    @inline(__always)
    private func retreat(
        _ inputs: Inputs, _ dy: FloatPointer, _ sequence: Int, _ steps: Range<Int>, _ d: Int, _ first: Int,
        _ second: Int, _ adjoints: MutableFloatPointer, _ tokens: MutableFloatPointer, _ gradients: Gradients
    ) {
        let skip0 = load8(inputs.skip + d, lanes: first)
        let skip1 = load8(inputs.skip + d + 8, lanes: second)
        var dSkip0 = load8(FloatPointer(gradients.skip) + d, lanes: first)
        var dSkip1 = load8(FloatPointer(gradients.skip) + d + 8, lanes: second)
        let ln2 = splat(0.693_147_18)
        for step in steps.reversed() {
            let row = row(sequence, step)
            let offset = row * channels + d
            let delta0 = load8(inputs.step + offset, lanes: first)
            let delta1 = load8(inputs.step + offset + 8, lanes: second)
            let u0 = load8(inputs.u + offset, lanes: first)
            let u1 = load8(inputs.u + offset + 8, lanes: second)
            let dy0 = load8(dy + offset, lanes: first)
            let dy1 = load8(dy + offset + 8, lanes: second)
            let (input0, input1) = (delta0 * u0, delta1 * u1)
            dSkip0 = fma(dy0, u0, dSkip0)
            dSkip1 = fma(dy1, u1, dSkip1)
            let (b, c) = (inputs.b + row * coefficientStride, inputs.c + row * coefficientStride)
            var token = tokens + (step - steps.lowerBound) * states * tokenWidth
            var channel = adjoints
            var (sumB0, sumB1, sumA0, sumA1) = (Float8(), Float8(), Float8(), Float8())
            for n in 0..<states {
                let (bn, cn) = (splat(b[n]), splat(c[n]))
                let (h0, h1) = (load8(token + 16), load8(token + 24))
                let g0 = fma(dy0, cn, load8(channel))
                let g1 = fma(dy1, cn, load8(channel + 8))
                // g·a·h_{l-1}
                let carried0 = g0 * (h0 - input0 * bn)
                let carried1 = g1 * (h1 - input1 * bn)
                store8(fma(g1, input1, fma(g0, input0, load8(token + 32))), token + 32)
                store8(fma(h1, dy1, fma(h0, dy0, load8(token + 40))), token + 40)
                sumB0 = fma(g0, bn, sumB0)
                sumB1 = fma(g1, bn, sumB1)
                sumA0 = fma(carried0, load8(channel + 32), sumA0)
                sumA1 = fma(carried1, load8(channel + 40), sumA1)
                store8(fma(carried0, delta0, load8(channel + 16)), channel + 16)
                store8(fma(carried1, delta1, load8(channel + 24)), channel + 24)
                store8(g0 * load8(token), channel)
                store8(g1 * load8(token + 8), channel + 8)
                token += tokenWidth
                channel += 48
            }
            store8(fma(delta0, sumB0, dy0 * skip0), gradients.u + offset, lanes: first)
            store8(fma(u0, sumB0, sumA0 * ln2), gradients.step + offset, lanes: first)
            store8(fma(delta1, sumB1, dy1 * skip1), gradients.u + offset + 8, lanes: second)
            store8(fma(u1, sumB1, sumA1 * ln2), gradients.step + offset + 8, lanes: second)
        }
        store8(dSkip0, gradients.skip + d, lanes: first)
        store8(dSkip1, gradients.skip + d + 8, lanes: second)
    }

    /// dB and dC of one chunk from the terms that all channels added to.
    private func sumTerms(
        _ tokens: MutableFloatPointer, _ sequence: Int, _ steps: Range<Int>, _ gradients: Gradients
    ) {
        var token = tokens
        for step in steps {
            let offset = row(sequence, step) * coefficientStride
            for n in 0..<states {
                gradients.b[offset + n] = sum(load8(token + 32))
                gradients.c[offset + n] = sum(load8(token + 40))
                token += tokenWidth
            }
        }
    }

    private func clearTerms(_ tokens: MutableFloatPointer, _ count: Int) {
        for index in 0..<count * states {
            store8(Float8(), tokens + index * tokenWidth + 32)
            store8(Float8(), tokens + index * tokenWidth + 40)
        }
    }

    private func clearAdjoints(_ memory: MutableFloatPointer) {
        for index in 0..<stateCount / 16 {
            store8(Float8(), memory + 48 * index)
            store8(Float8(), memory + 48 * index + 8)
        }
    }

    private func packAdjoints(_ rates: FloatPointer, into memory: MutableFloatPointer) {
        memory.update(repeating: 0, count: channelMemoryCount)
        for d in 0..<channels {
            for n in 0..<states {
                memory[(d / 16 * states + n) * 48 + 32 + d % 16] = rates[d * states + n] * logarithmOfE
            }
        }
    }

    private func unpackRates(_ memory: MutableFloatPointer, into dRates: MutableFloatPointer) {
        for d in 0..<channels {
            for n in 0..<states {
                dRates[d * states + n] = memory[(d / 16 * states + n) * 48 + 16 + d % 16]
            }
        }
    }
}
