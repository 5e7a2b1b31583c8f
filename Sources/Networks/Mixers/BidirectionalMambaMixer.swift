import Autograd
import Experiments

/// MambaVision's mixer with a scan from either end: every token can hear of every other.
///
/// x (B, L, C) -> (B, L, C); D = C/2 channels a branch, N states, R = ⌈C/16⌉ the rank of the step.
///
///     x, z = split(in_proj(x));  x = SiLU(conv(x));  z = SiLU(conv(z))
///     out_proj(concat(scan(x) + reversed scan(x), z))
///
/// The control for a question that MambaVision leaves open: its scan looks back only, attention looks everywhere; so is
/// attention good at the end of a stage because something must tell early tokens of later ones?
///
/// With `scans=shared`, the default, both directions use the same A, D and projections, and the mixer has exactly the
/// parameters of `mamba`: what differs is the direction alone. With `scans=separate` the second direction has its own,
/// as in Vision Mamba (Zhu et al. 2024, arXiv 2401.09417), which also sums the directions. Each D starts at 1/2, so that the
/// sum starts where `mamba` does.
public struct BidirectionalMambaMixer: Mixer {
    public static let word = MixerWord(
        keyword: "bidirectional-mamba", letter: "B",
        summary: "MambaVision's mixer with the sum of a forward and a backward scan",
        options: [
            .state, .kernel,
            OptionDefinition(
                "scans", .word(["shared", "separate"]), default: .word("shared"),
                summary: "whether both directions share their parameters, or the backward scan has its own"),
        ])

    let inProjection, outProjection: Linear
    let forwardSpace, backwardSpace: StateSpace
    let convolutionX, convolutionZ: DepthwiseConvolution
    let branch: Int

    public static func check(_ options: MixerOptions, width: Int, heads: Int, stage: Int) throws(NetworkError) {
        try checkHalves(word, width: width, stage: stage)
    }

    public init(_ options: MixerOptions, at site: MixerSite) {
        let (scope, settings, rank) = (site.scope, site.settings, StateSpace.rank(width: site.width))
        branch = site.width / 2
        let state = options.requiredInteger("state")
        let dynamics = StateSpace.Dynamics(branch, states: state, initialSkip: 0.5, in: scope)
        inProjection = Linear(site.width, site.width, bias: false, in: scope["in_proj"])
        forwardSpace = StateSpace(dynamics, rank: rank, settings: settings, in: scope)
        if options.requiredWord("scans") == "separate" {
            let own = StateSpace.Dynamics(branch, states: state, initialSkip: 0.5, suffix: "_b", in: scope)
            backwardSpace = StateSpace(own, rank: rank, settings: settings, suffix: "_b", in: scope)
        } else {
            backwardSpace = forwardSpace
        }
        outProjection = Linear(site.width, site.width, bias: false, in: scope["out_proj"])
        let size = options.requiredInteger("kernel")
        convolutionX = DepthwiseConvolution(branch, size: size, bias: settings.depthwiseBias, in: scope["conv1d_x"])
        convolutionZ = DepthwiseConvolution(branch, size: size, bias: settings.depthwiseBias, in: scope["conv1d_z"])
    }

    public func callAsFunction(_ input: Tensor) -> Tensor {
        let halves = split(inProjection(input), into: [branch, branch])
        let x = convolutionX(halves[0])
        let y = forwardSpace(x) + backwardSpace(x, isReversed: true)
        return outProjection(concatenate([y, convolutionZ(halves[1])]))
    }
}
