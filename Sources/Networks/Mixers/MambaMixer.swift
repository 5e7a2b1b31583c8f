import Autograd
import Experiments

/// MambaVision's mixer: a selective scan on one half of the channels beside a convolved copy of the other half.
///
/// x (B, L, C) -> (B, L, C); D = C/2 channels a branch, N states, R = ⌈C/16⌉ the rank of the step.
///
///     x, z = split(in_proj(x));  x = SiLU(conv(x));  z = SiLU(conv(z))
///     Δ, B, C = split(x_proj(x));  Δ = softplus(dt_proj(Δ) + b)
///     out_proj(concat(scan(x, Δ, A, B, C, D), z))
///
/// Hatamizadeh and Kautz 2024 (arXiv 2407.08083) §3.3; the bias of the step is added twice, as in the released code.
public struct MambaMixer: Mixer {
    public static let word = MixerWord(
        keyword: "mamba", letter: "M", summary: "MambaVision's mixer: a selective scan beside a convolution",
        options: [
            OptionDefinition("state", .integer(1...256), default: .integer(8), summary: "states N of the scan"),
            OptionDefinition("kernel", .integer(1...15), default: .integer(3), summary: "tokens of the convolution"),
        ])

    let logA, skip: Parameter
    let inProjection, scanProjection, stepProjection, outProjection: Linear
    let convolutionX, convolutionZ: DepthwiseConvolution
    let branch, state, rank: Int
    let biasCount: Int

    public static func check(_ options: MixerOptions, width: Int, heads: Int, stage: Int) throws(NetworkError) {
        try checkHalves(word, width: width, stage: stage)
    }

    public init(_ options: MixerOptions, at site: MixerSite) {
        let scope = site.scope
        branch = site.width / 2
        state = options.requiredInteger("state")
        rank = (site.width + 15) / 16
        biasCount = site.settings.stepBias == .twice ? 2 : 1
        logA = scope.parameter("A_log", [branch, state], .logarithmsOfIndices)
        skip = scope.parameter("D", [branch], .constant(1))
        inProjection = Linear(site.width, site.width, bias: false, in: scope["in_proj"])
        scanProjection = Linear(branch, rank + 2 * state, bias: false, in: scope["x_proj"])
        stepProjection = MambaMixer.stepProjection(rank, branch, site.settings, in: scope["dt_proj"])
        outProjection = Linear(site.width, site.width, bias: false, in: scope["out_proj"])
        let size = options.requiredInteger("kernel")
        convolutionX = DepthwiseConvolution(branch, size: size, in: scope["conv1d_x"])
        convolutionZ = DepthwiseConvolution(branch, size: size, in: scope["conv1d_z"])
    }

    public func callAsFunction(_ input: Tensor) -> Tensor {
        let halves = split(inProjection(input), into: [branch, branch])
        let x = convolutionX(halves[0])
        let z = convolutionZ(halves[1])
        let parts = split(scanProjection(x), into: [rank, state, state])
        guard let bias = stepProjection.bias else { preconditionFailure("dt_proj has a bias") }
        let raw = linear(parts[0], weight: stepProjection.weight.tensor, bias: nil)
        let step = stepSize(raw, bias: bias.tensor, biasCount: biasCount)
        let y = selectiveScan(x, step: step, logA: logA.tensor, b: parts[1], c: parts[2], skip: skip.tensor)
        return outProjection(concatenate([y, z]))
    }

    /// The projection from the step's rank to the channels, with the released or with Mamba's own first values.
    static func stepProjection(
        _ rank: Int, _ channels: Int, _ settings: BackboneSettings, in scope: ParameterScope
    ) -> Linear {
        switch settings.stepInitialization {
        case .released:
            return Linear(rank, channels, in: scope)
        case .mamba:
            return Linear(
                rank, channels, weights: .uniform(bound: 1 / Double(rank).squareRoot()), biases: .inverseSoftplusOfStep,
                in: scope)
        }
    }
}
