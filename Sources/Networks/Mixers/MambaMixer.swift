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
        options: [.state, .kernel])

    let inProjection, outProjection: Linear
    let stateSpace: StateSpace
    let convolutionX, convolutionZ: DepthwiseConvolution
    let branch: Int

    public static func check(_ options: MixerOptions, width: Int, heads: Int, stage: Int) throws(NetworkError) {
        try checkHalves(word, width: width, stage: stage)
    }

    public init(_ options: MixerOptions, at site: MixerSite) {
        let (scope, settings) = (site.scope, site.settings)
        branch = site.width / 2
        let dynamics = StateSpace.Dynamics(branch, states: options.requiredInteger("state"), in: scope)
        inProjection = Linear(site.width, site.width, bias: false, in: scope["in_proj"])
        stateSpace = StateSpace(
            dynamics, rank: StateSpace.rank(width: site.width), settings: settings, in: scope)
        outProjection = Linear(site.width, site.width, bias: false, in: scope["out_proj"])
        let size = options.requiredInteger("kernel")
        convolutionX = DepthwiseConvolution(branch, size: size, bias: settings.depthwiseBias, in: scope["conv1d_x"])
        convolutionZ = DepthwiseConvolution(branch, size: size, bias: settings.depthwiseBias, in: scope["conv1d_z"])
    }

    public func callAsFunction(_ input: Tensor) -> Tensor {
        let halves = split(inProjection(input), into: [branch, branch])
        let y = stateSpace(convolutionX(halves[0]))
        return outProjection(concatenate([y, convolutionZ(halves[1])]))
    }
}
