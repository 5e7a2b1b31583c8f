import Autograd
import Experiments
import Networks
import Testing

/// Modules alone against the official ones: outputs, gradients, running statistics.
@Suite(.enabled(if: Fixtures.arePresent, "set ABLATE_FIXTURES to the folder of golden tensors"))
struct UnitFixtureTests {
    @Test(arguments: ["mixer0", "mixer1"])
    func mambaMixer(_ name: String) throws {
        try check("unit_mixer.safetensors", name) { scope, golden in
            let options = MixerOptions(Block("mamba"), of: MambaMixer.word)
            let mixer = MambaMixer(options, at: site(golden.shape[2], heads: 1, in: scope))
            return { mixer($0) }
        }
    }

    @Test(arguments: [("attn0", 4), ("attn1", 8)])
    func attentionMixer(_ name: String, heads: Int) throws {
        try check("unit_attn.safetensors", name) { scope, golden in
            let options = MixerOptions(Block("attention"), of: AttentionMixer.word)
            let mixer = AttentionMixer(options, at: site(golden.shape[2], heads: heads, in: scope))
            return { mixer($0) }
        }
    }

    @Test(arguments: [("block_attn", "attention"), ("block_mamba", "mamba")])
    func tokenBlock(_ name: String, mixer keyword: String) throws {
        try check("unit_attn.safetensors", name) { scope, golden in
            let mixer: any Mixer.Type = keyword == "mamba" ? MambaMixer.self : AttentionMixer.self
            let block = TokenBlock(
                mixer: mixer, options: MixerOptions(Block(keyword), of: mixer.word),
                site: site(golden.shape[2], heads: 2, layerScale: 1e-5, in: scope), dropPath: 0)
            return { block($0) }
        }
    }

    @Test(arguments: [
        ("layer_attn_pad", ["attention"], false), ("layer_mixed_pad_down", ["mamba", "attention"], true),
    ])
    func paddedStage(_ name: String, mixers: [String], downsamples: Bool) throws {
        try check("unit_attn.safetensors", name, isImage: true) { scope, golden in
            let stage = NetworkPlan.Stage(
                width: golden.shape[1], height: golden.shape[2], mapWidth: golden.shape[3], heads: 2, window: 4,
                blocks: mixers.map { Block($0) })
            let network = StageNetwork(
                stage, BackboneSettings(), rates: mixers.map { _ in 0 }, in: scope)
            let width = golden.shape[1]
            let reduction =
                downsamples
                ? Convolution(width, 2 * width, stride: 2, bias: false, in: scope["downsample"]["reduction"][0]) : nil
            return { x in
                let y = network(x, observe: { _, _ in })
                return reduction?(y) ?? y
            }
        }
    }

    @Test(arguments: ["conv0", "conv_gamma", "conv_eval"])
    func convBlock(_ name: String) throws {
        let mode: Tape.Mode = name == "conv_eval" ? .differentiableInference : .training
        try check("unit_conv.safetensors", name, isImage: true, mode: mode) { scope, golden in
            let block = ConvBlock(
                width: golden.shape[1], layerScale: name == "conv_gamma" ? 1 : nil, dropPath: 0, in: scope)
            return { block($0) }
        }
    }

    @Test func stem() throws {
        try check("unit_conv.safetensors", "patch_embed", isImage: true) { scope, golden in
            var settings = BackboneSettings()
            settings.width = 8
            settings.stem.channels = 4
            let stem = Stem(settings, inputs: 3, in: scope)
            return { stem($0) }
        }
    }

    @Test func downsample() throws {
        try check("unit_conv.safetensors", "downsample", isImage: true) { scope, golden in
            let convolution = Convolution(6, 12, stride: 2, bias: false, in: scope["reduction"][0])
            return { convolution($0) }
        }
    }

    private func site(_ width: Int, heads: Int, layerScale: Double? = nil, in scope: ParameterScope) -> MixerSite {
        var settings = BackboneSettings()
        settings.layerScale = layerScale
        return MixerSite(width: width, heads: heads, settings: settings, scope: scope)
    }
}

/// Builds a module, gives it the case's weights, and compares output, every gradient and the buffers afterwards.
private func check(
    _ fileName: String, _ name: String, isImage: Bool = false, mode: Tape.Mode = .training,
    _ build: (ParameterScope, Golden) -> (Tensor) -> Tensor
) throws {
    let file = try Fixtures.file(fileName)
    func golden(_ part: String) throws -> Golden {
        let golden = try #require(Golden(file, "\(name).\(part)"), "\(name).\(part) is not in \(fileName)")
        return isImage && ["x", "y", "gy", "g_x"].contains(part) ? golden.channelsLast : golden
    }
    let store = ParameterStore()
    let raw = try #require(Golden(file, "\(name).x"))
    let module = build(ParameterScope(store), raw)
    store.materialize(seed: 0)
    for parameter in store.parameters {
        let values = try golden("weight." + parameter.name)
        #expect(values.shape == parameter.shape.dimensions, "\(parameter.name)")
        parameter.tensor.pointer.update(from: values.values, count: values.values.count)
    }
    for state in store.states {
        state.pointer.update(from: try golden("weight." + state.name).values, count: state.shape.count)
    }
    let tape = Tape(mode: mode, parallel: Parallel(threads: 2), pool: BufferPool())
    let x = try golden("x").tensor(on: tape, requiresGradient: true)
    let y = module(x)
    let output = try golden("y")
    #expect(relativeError(y.values, output.values) <= 2e-5, "output")
    tape.backward(y, gradient: try golden("gy").values)
    let inputGradient = try golden("g_x")
    #expect(relativeError(try #require(x.gradient), inputGradient.values) <= 5e-5, "gradient of the input")
    let largest = try store.parameters.map { try golden("grad." + $0.name).values.map(abs).max() ?? 0 }.max() ?? 0
    for parameter in store.parameters {
        let actual = try #require(parameter.tensor.gradient, "\(parameter.name) has no gradient")
        let expected = try golden("grad." + parameter.name).values
        if (expected.map(abs).max() ?? 0) < 1e-6 * largest {
            #expect((actual.map(abs).max() ?? 0) < 1e-6 * largest, "\(parameter.name): zero in exact arithmetic")
        } else {
            #expect(relativeError(actual, expected) <= 5e-5, "gradient of \(parameter.name)")
        }
    }
    for state in store.states {
        let expected = try golden("after." + state.name)
        #expect(relativeError(state.values, expected.values) <= 2e-5, "\(state.name) after")
    }
}
