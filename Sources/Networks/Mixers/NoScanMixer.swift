import Autograd
import Experiments

/// MambaVision's mixer without its scan: both halves of the channels are convolved, nothing else mixes tokens. A control.
///
///     x, z = split(in_proj(x));  out_proj(concat(SiLU(conv(x)), SiLU(conv(z))))
///
/// The question is MambaOut's (Yu and Wang, CVPR 2025): what does the scan add to the convolution?
public struct NoScanMixer: Mixer {
    public static let word = MixerWord(
        keyword: "no-scan", letter: "N", summary: "control: MambaVision's mixer without its scan",
        options: [.kernel])

    let inProjection, outProjection: Linear
    let convolutionX, convolutionZ: DepthwiseConvolution
    let branch: Int

    public static func check(_ options: MixerOptions, width: Int, heads: Int, stage: Int) throws(NetworkError) {
        try checkHalves(word, width: width, stage: stage)
    }

    public init(_ options: MixerOptions, at site: MixerSite) {
        branch = site.width / 2
        inProjection = Linear(site.width, site.width, bias: false, in: site.scope["in_proj"])
        outProjection = Linear(site.width, site.width, bias: false, in: site.scope["out_proj"])
        let size = options.requiredInteger("kernel")
        let bias = site.settings.depthwiseBias
        convolutionX = DepthwiseConvolution(branch, size: size, bias: bias, in: site.scope["conv1d_x"])
        convolutionZ = DepthwiseConvolution(branch, size: size, bias: bias, in: site.scope["conv1d_z"])
    }

    public func callAsFunction(_ input: Tensor) -> Tensor {
        let halves = split(inProjection(input), into: [branch, branch])
        return outProjection(concatenate([convolutionX(halves[0]), convolutionZ(halves[1])]))
    }
}
