import Autograd
import Experiments

/// A Mamba mixer that multiplies its branches: the original block, and the two steps from it to MambaVision's.
///
/// x (B, L, C) -> (B, L, C); D channels a branch, N states, R = ⌈C/16⌉ the rank of the step.
///
///     x, z = split(in_proj(x));  x = SiLU(conv(x));  z = SiLU(z) or SiLU(conv(z))
///     out_proj(scan(x)·z)
///
/// With its options it is the first three rows of MambaVision's Table 4; the last row, "concat", is `mamba`:
///
///     gated-mamba                          causal conv1, w/o conv2: the original Mamba block
///     gated-mamba[conv=same]               conv1, w/o conv2
///     gated-mamba[conv=same gate-conv=on]  conv1 + conv2, w/o concat
///
/// The paper does not say how wide the branches of these rows are. `width=half` keeps MambaVision's C/2 for both, so
/// that the output projection halves (MambaVision-T then has 31.176, 31.176 and 31.180 million parameters instead of
/// 31.794); `width=full` is Mamba's own block without expansion, both branches C wide (33.133, 33.133, 33.141).
/// Nor does it say what it leaves of the rest; here z has its SiLU in every row, as in Mamba's code, and convolutions have no
/// bias, as in MambaVision's (`backbone.depthwise-bias`).
///
/// Gu and Dao 2023 (arXiv 2312.00752) §3.4; Hatamizadeh and Kautz 2024 (arXiv 2407.08083) Table 4.
public struct GatedMambaMixer: Mixer {
    public static let word = MixerWord(
        keyword: "gated-mamba", letter: "G",
        summary: "the original Mamba block: a scan of a causal convolution, multiplied by a gate",
        options: [
            .state, .kernel,
            OptionDefinition(
                "conv", .word(["causal", "same"]), default: .word("causal"),
                summary: "whether the scan's convolution looks back only, or around its token"),
            OptionDefinition(
                "gate-conv", .word(["off", "on"]), default: .word("off"),
                summary: "whether the gate has a convolution of its own, around its token"),
            OptionDefinition(
                "width", .word(["half", "full"]), default: .word("half"),
                summary: "channels of either branch: half the block's, as in MambaVision, or all"),
        ])

    let inProjection, outProjection: Linear
    let stateSpace: StateSpace
    let convolution: DepthwiseConvolution
    /// Nil where the gate has no convolution.
    let gateConvolution: DepthwiseConvolution?
    let branch: Int

    public static func check(_ options: MixerOptions, width: Int, heads: Int, stage: Int) throws(NetworkError) {
        if options.requiredWord("width") == "half" {
            try checkHalves(word, width: width, stage: stage)
        }
    }

    public init(_ options: MixerOptions, at site: MixerSite) {
        let (scope, width, bias) = (site.scope, site.width, site.settings.depthwiseBias)
        branch = options.requiredWord("width") == "full" ? width : width / 2
        let dynamics = StateSpace.Dynamics(branch, states: options.requiredInteger("state"), in: scope)
        inProjection = Linear(width, 2 * branch, bias: false, in: scope["in_proj"])
        stateSpace = StateSpace(dynamics, rank: StateSpace.rank(width: width), settings: site.settings, in: scope)
        outProjection = Linear(branch, width, bias: false, in: scope["out_proj"])
        let size = options.requiredInteger("kernel")
        convolution = DepthwiseConvolution(
            branch, size: size, padding: options.requiredWord("conv") == "causal" ? .causal : .same, bias: bias,
            in: scope["conv1d_x"])
        gateConvolution =
            options.requiredWord("gate-conv") == "on"
            ? DepthwiseConvolution(branch, size: size, bias: bias, in: scope["conv1d_z"]) : nil
    }

    public func callAsFunction(_ input: Tensor) -> Tensor {
        let halves = split(inProjection(input), into: [branch, branch])
        let y = stateSpace(convolution(halves[0]))
        let gate = gateConvolution?(halves[1]) ?? silu(halves[1])
        return outProjection(multiply(y, gate))
    }
}
