/// The selective scan of Mamba (Gu and Dao 2023) with the simplified discretisation of MambaVision's code.
///
///     h_l[d, n] = exp(Δ_l[d]·A[d, n])·h_{l-1}[d, n] + Δ_l[d]·B_l[n]·u_l[d],   h = 0 before the first token
///     y_l[d]    = Σ_n C_l[n]·h_l[d, n] + S[d]·u_l[d]
///
/// B sequences, L tokens, D channels, N states: u, Δ, y (B, L, D); A (D, N), negative; B, C (B, L, N), whose rows may be
/// pieces of wider rows; S (D), the skip. Sequences are independent: their bits don't depend on how they are split over calls.
///
/// Channels lie in the lanes. Decays are powers of two of Δ·A·log₂e. Forward can leave the state before every
/// `chunkLength` tokens, from which backward computes the states of one chunk at a time again.
public struct SelectiveScanKernel: Sendable {
    public var length: Int
    public var channels: Int
    public var states: Int
    /// The distance between rows of B and C.
    public var coefficientStride: Int
    /// True for a scan from the last token to the first.
    public var isReversed: Bool

    public init(length: Int, channels: Int, states: Int, coefficientStride: Int? = nil, isReversed: Bool = false) {
        self.length = length
        self.channels = channels
        self.states = states
        self.coefficientStride = coefficientStride ?? states
        self.isReversed = isReversed
    }

    /// What both passes read.
    public struct Inputs {
        public var u, step, rates, b, c, skip: FloatPointer

        public init(
            u: FloatPointer, step: FloatPointer, rates: FloatPointer, b: FloatPointer, c: FloatPointer,
            skip: FloatPointer
        ) {
            (self.u, self.step, self.rates, self.b, self.c, self.skip) = (u, step, rates, b, c, skip)
        }
    }

    /// Chunks of one sequence: of at most 24 tokens each, so that a chunk's states stay in the nearest cache.
    var chunks: Int { max(1, (length + 23) / 24) }
    /// Tokens between two saved states.
    var chunkLength: Int { max(1, (length + chunks - 1) / chunks) }
    /// Channels, rounded up to the sixteen that backward takes at once.
    var paddedChannels: Int { (channels + 15) & ~15 }
    /// Floats of one saved state.
    var stateCount: Int { paddedChannels * states }

    /// Floats that forward leaves for backward, for one sequence: its states before every chunk but the first.
    public var checkpointCount: Int { (chunks - 1) * stateCount }

    /// Floats of scratch that `forward` needs.
    public var forwardScratchCount: Int { 2 * stateCount }

    /// y for these sequences. `checkpoints`, (B, checkpointCount), is filled where given.
    public func forward(
        _ inputs: Inputs, sequences: Range<Int>, into y: MutableFloatPointer, checkpoints: MutableFloatPointer?,
        scratch: MutableFloatPointer
    ) {
        packRates(inputs.rates, into: scratch)
        for sequence in sequences {
            clearStates(scratch)
            for step in 0..<length {
                if let checkpoints, step > 0, step % chunkLength == 0 {
                    let index = sequence * (chunks - 1) + step / chunkLength - 1
                    saveStates(scratch, into: checkpoints + index * stateCount)
                }
                advance(inputs, row: row(sequence, step), scratch, y)
            }
        }
    }

    /// The row of step `step` of a sequence.
    @inline(__always)
    func row(_ sequence: Int, _ step: Int) -> Int {
        sequence * length + (isReversed ? length - 1 - step : step)
    }

    /// One token: the states in `memory` move on, and y of this row comes out.
    @inline(__always)
    private func advance(_ inputs: Inputs, row: Int, _ memory: MutableFloatPointer, _ y: MutableFloatPointer) {
        let (b, c) = (inputs.b + row * coefficientStride, inputs.c + row * coefficientStride)
        let offset = row * channels
        var h = memory
        forEachLanes(channels) { d, lanes in
            let delta = load8(inputs.step + offset + d, lanes: lanes)
            let u = load8(inputs.u + offset + d, lanes: lanes)
            let input = delta * u
            var output = u * load8(inputs.skip + d, lanes: lanes)
            for n in 0..<states {
                let decay = powerOfTwo(delta * load8(h + 8))
                let state = fma(decay, load8(h), input * splat(b[n]))
                store8(state, h)
                output = fma(state, splat(c[n]), output)
                h += 16
            }
            store8(output, y + offset + d, lanes: lanes)
        }
    }

    // Forward's memory: for each block of eight channels, for each state, eight states and eight rates A·log₂e.

    private func packRates(_ rates: FloatPointer, into memory: MutableFloatPointer) {
        memory.update(repeating: 0, count: 2 * stateCount)
        for d in 0..<channels {
            for n in 0..<states {
                memory[(d / 8 * states + n) * 16 + 8 + d % 8] = rates[d * states + n] * logarithmOfE
            }
        }
    }

    private func clearStates(_ memory: MutableFloatPointer) {
        for block in 0..<stateCount / 8 {
            store8(Float8(), memory + 16 * block)
        }
    }

    private func saveStates(_ memory: MutableFloatPointer, into checkpoint: MutableFloatPointer) {
        for block in 0..<stateCount / 8 {
            store8(load8(memory + 16 * block), checkpoint + 8 * block)
        }
    }
}

/// log₂ e
let logarithmOfE: Float = 1.442_695_04
