import Autograd
import Experiments

/// No mixing at all: the block is its MLP alone. A control.   x (B, L, C) -> nothing
///
/// The block leaves the mixer's branch out, norm included, so that no parameter is declared that nothing uses.
public struct IdentityMixer: Mixer {
    public static let word = MixerWord(
        keyword: "identity", letter: "I", summary: "control: no token mixing, the MLP alone", options: [])

    public static let mixesTokens = false

    public init(_ options: MixerOptions, at site: MixerSite) {}

    public func callAsFunction(_ x: Tensor) -> Tensor { x }
}
