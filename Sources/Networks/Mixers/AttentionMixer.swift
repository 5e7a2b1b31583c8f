import Autograd
import Experiments

/// Multi-head self-attention over the tokens of a window, without positions.   x (B, L, C) -> (B, L, C)
///
///     q, k, v = qkv(x);  proj(softmax(q·kᵀ/√(C/heads))·v)
public struct AttentionMixer: Mixer {
    public static let word = MixerWord(
        keyword: "attention", letter: "A", summary: "multi-head self-attention over the window",
        options: [
            OptionDefinition(
                "heads", .integer(1...1024), default: nil, summary: "heads; the stage's heads unless given")
        ])

    let queryKeyValue, output: Linear
    let heads: Int

    public static func check(_ options: MixerOptions, width: Int, heads: Int, stage: Int) throws(NetworkError) {
        let heads = options.integer("heads") ?? heads
        guard width % heads == 0 else {
            throw NetworkError(
                message: "attention in stage \(stage) has \(heads) heads, which do not divide its \(width) channels",
                remedy: "choose backbone.head-width or heads that divide the stage's width")
        }
    }

    public init(_ options: MixerOptions, at site: MixerSite) {
        queryKeyValue = Linear(site.width, 3 * site.width, in: site.scope["qkv"])
        output = Linear(site.width, site.width, in: site.scope["proj"])
        heads = options.integer("heads") ?? site.heads
    }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        output(attention(queryKeyValue(x), heads: heads))
    }
}
