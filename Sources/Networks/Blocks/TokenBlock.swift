import Autograd
import Experiments

/// A mixer and an MLP, each behind a layer norm and beside a residual.   x (B, L, C) -> (B, L, C)
///
///     x = x + DropPath(γ₁·mixer(LN(x)));  x + DropPath(γ₂·MLP(LN(x)))
///
/// The branch of a mixer that mixes nothing is left out entirely.
package struct TokenBlock {
    private let mixing: Branch?
    private let mlp: Branch

    package init(
        mixer: any Mixer.Type, options: MixerOptions, site: MixerSite, dropPath: Double
    ) {
        let (scope, width, settings) = (site.scope, site.width, site.settings)
        let hasMixer = mixer.mixesTokens
        // The official order of names: gamma_1, gamma_2, norm1, mixer, norm2, mlp.
        let firstScale = LayerScale(
            width, initial: hasMixer ? settings.layerScale : nil, named: "gamma_1", in: scope)
        let secondScale = LayerScale(width, initial: settings.layerScale, named: "gamma_2", in: scope)
        if hasMixer {
            let norm = LayerNorm(width, in: scope["norm1"])
            let inner = MixerSite(width: width, heads: site.heads, settings: settings, scope: scope["mixer"])
            let mix = mixer.init(options, at: inner)
            mixing = Branch(
                norm: norm, body: { mix($0) }, scale: firstScale,
                drop: DropPath(rate: dropPath, path: scope.path + ".mixer"))
        } else {
            mixing = nil
        }
        let norm = LayerNorm(width, in: scope["norm2"])
        let perceptron = MultilayerPerceptron(
            width, hidden: Int((Double(width) * settings.mlpRatio).rounded()), gelu: settings.mlpGELU,
            in: scope["mlp"])
        mlp = Branch(
            norm: norm, body: { perceptron($0) }, scale: secondScale,
            drop: DropPath(rate: dropPath, path: scope.path + ".mlp"))
    }

    package func callAsFunction(_ x: Tensor) -> Tensor {
        mlp(mixing?(x) ?? x)
    }

    /// x + DropPath(γ·body(LN(x)))
    private struct Branch {
        let norm: LayerNorm
        let body: (Tensor) -> Tensor
        let scale: LayerScale
        let drop: DropPath

        func callAsFunction(_ x: Tensor) -> Tensor {
            x + drop(scale(body(norm(x))))
        }
    }
}
