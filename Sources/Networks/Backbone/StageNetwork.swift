import Autograd
import Experiments

/// The blocks of one stage.   x (B, H, W, C) -> (B, H, W, C)
///
/// Conv blocks work on the map. A run of token blocks with the same window cuts the map into windows once, padded with
/// zeros right and below where the window does not divide it, and crops afterwards (docs/model.md, Stages).
package struct StageNetwork {
    private enum Run {
        case conv(name: String, ConvBlock)
        case tokens(window: Int, [(name: String, block: TokenBlock)])
    }

    private let runs: [Run]

    /// `rates` are the drop-path rates of the blocks.
    package init(_ stage: NetworkPlan.Stage, _ settings: BackboneSettings, rates: [Double], in scope: ParameterScope) {
        var runs: [Run] = []
        for (index, block) in stage.blocks.enumerated() {
            let place = scope["blocks"][index]
            guard let mixer = Mixers[block.mixer] else {
                let conv = ConvBlock(
                    width: stage.width, layerScale: settings.convLayerScale, gelu: settings.convGELU,
                    dropPath: rates[index], in: place)
                runs.append(.conv(name: place.path, conv))
                continue
            }
            let options = MixerOptions(block, of: mixer.word)
            let site = MixerSite(width: stage.width, heads: stage.heads, settings: settings, scope: place)
            let token = TokenBlock(mixer: mixer, options: options, site: site, dropPath: rates[index])
            let window = options.integer("window") ?? stage.window
            if case .tokens(window, let blocks)? = runs.last {
                runs[runs.count - 1] = .tokens(window: window, blocks + [(place.path, token)])
            } else {
                runs.append(.tokens(window: window, [(place.path, token)]))
            }
        }
        self.runs = runs
    }

    /// `observe` sees the output of each block: maps of conv blocks, windows of token blocks.
    package func callAsFunction(_ x: Tensor, observe: (String, Tensor) -> Void) -> Tensor {
        runs.reduce(x) { x, run in
            switch run {
            case .conv(let name, let block):
                let y = scoped(name, x) { recomputed(x) { block($0) } }
                observe(name, y)
                return y
            case .tokens(let window, let blocks):
                return inWindows(x, window) { tokens in
                    blocks.reduce(tokens) { tokens, entry in
                        let y = scoped(entry.name, tokens) { recomputed(tokens) { entry.block($0) } }
                        observe(entry.name, y)
                        return y
                    }
                }
            }
        }
    }

    private func inWindows(_ x: Tensor, _ window: Int, _ body: (Tensor) -> Tensor) -> Tensor {
        let (batch, height, width, channels) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
        if window == 0 || (window == height && window == width) {
            return body(x.reshaped([batch, height * width, channels])).reshaped(x.shape)
        }
        let tokens = body(windowPartition(x, window: window))
        return windowReverse(tokens, window: window, batch: batch, height: height, width: width)
    }
}

/// Calls `body`, a block, which the tape of `x` may run again in backward instead of keeping what is in it.
private func recomputed(_ x: Tensor, _ body: @escaping (Tensor) -> Tensor) -> Tensor {
    x.tape?.recomputed(x, body) ?? body(x)
}

/// Calls `body` in a scope of the tape of `x`.
func scoped<Result>(_ name: String, _ x: Tensor, _ body: () -> Result) -> Result {
    guard let tape = x.tape else { preconditionFailure("\(name): the input is on no tape") }
    return tape.scope(name, body)
}
