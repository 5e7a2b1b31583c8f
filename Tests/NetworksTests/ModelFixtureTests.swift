import Autograd
import Experiments
import Foundation
import Networks
import Testing

/// Whole networks against the official code: every activation, the logits, the loss, every gradient, the statistics.
@Suite(.enabled(if: Fixtures.arePresent, "set ABLATE_FIXTURES to the folder of golden tensors"))
struct ModelFixtureTests {
    @Test(arguments: Fixtures.models)
    func evaluation(_ name: String) throws {
        let model = try Model(name)
        let tape = Tape(mode: .inference, parallel: Parallel(threads: 2), pool: BufferPool())
        var seen: Set<String> = []
        let logits = model.backbone(try model.input(on: tape)) { path, tensor in
            guard let golden = model.activation("eval." + model.fixtureName(path)) else { return }
            seen.insert(path)
            #expect(relativeError(tensor.values, golden.values) <= 1e-5, "\(path)")
        }
        let expected = try #require(Golden(model.io, "eval.logits"))
        #expect(relativeError(logits.values, expected.values) <= 1e-5)
        #expect(seen.count >= model.config.depths.reduce(0, +) + 3, "activations compared: \(seen.sorted())")
    }

    @Test(arguments: Fixtures.models)
    func training(_ name: String) throws {
        let model = try Model(name)
        let tape = Tape(mode: .training, parallel: Parallel(threads: 2), pool: BufferPool())
        let images = try model.input(on: tape, requiresGradient: true)
        let logits = model.backbone(images) { path, tensor in
            guard let golden = model.activation("train." + model.fixtureName(path)) else { return }
            #expect(relativeError(tensor.values, golden.values) <= 2e-5, "\(path)")
        }
        let expected = try #require(Golden(model.io, "train.logits"))
        #expect(relativeError(logits.values, expected.values) <= 2e-5)
        let loss = try model.loss(logits, on: tape)
        #expect(relativeError(loss.values, try #require(Golden(model.io, "train.loss")).values) <= 1e-5)
        tape.backward(loss)
        let inputGradient = try #require(Golden(model.io, "train.grad_input")).channelsLast
        #expect(relativeError(try #require(images.gradient), inputGradient.values) <= 5e-5, "gradient of the input")
        try model.compareGradients()
        for state in model.backbone.store.states {
            let golden = try #require(Golden(model.io, "after." + state.name))
            #expect(relativeError(state.values, golden.values) <= 2e-5, "\(state.name)")
        }
    }
}

/// A fixture's network with its weights.
private struct Model {
    struct Configuration: Decodable {
        let width: Int
        let stemChannels: Int
        let depths: [Int]
        let heads: [Int]
        let windows: [Int]
        let mlpRatio: Double
        let classes: Int
        let inputChannels: Int
        let input: [Int]
        let layerScale: Double?
        let convLayerScale: Double?

        enum CodingKeys: String, CodingKey {
            case width = "dim"
            case stemChannels = "in_dim"
            case depths
            case heads = "num_heads"
            case windows = "window_size"
            case mlpRatio = "mlp_ratio"
            case classes = "num_classes"
            case inputChannels = "in_chans"
            case input
            case layerScale = "layer_scale"
            case convLayerScale = "layer_scale_conv"
        }
    }

    private struct Meta: Decodable {
        let config: Configuration
    }

    let config: Configuration
    let backbone: Backbone
    let io: WeightsFile
    private let gradients: WeightsFile

    init(_ name: String) throws {
        let weights = try Fixtures.file("\(name)_weights.safetensors")
        io = try Fixtures.file("\(name)_io.safetensors")
        gradients = try Fixtures.file("\(name)_grads.safetensors")
        let meta = try #require(weights.metadata["meta"])
        config = try JSONDecoder().decode(Meta.self, from: Data(meta.utf8)).config
        var settings = BackboneSettings()
        settings.width = config.width
        settings.stem.channels = config.stemChannels
        settings.heads = config.heads
        settings.windows = config.windows
        settings.mlpRatio = config.mlpRatio
        settings.layerScale = config.layerScale
        settings.convLayerScale = config.convLayerScale
        let stages = config.depths.enumerated().map { index, depth in
            Stage((0..<depth).map { Block(index < 2 ? "conv" : $0 < (depth + 1) / 2 ? "mamba" : "attention") })
        }
        let image = ImageShape(height: config.input[2], width: config.input[3], channels: config.inputChannels)
        backbone = try Backbone(
            NetworkPlan(
                Layout(stages: stages), settings, input: image, task: .classification(classes: config.classes)))
        backbone.store.materialize(seed: 0)
        try Weights.load(weights, into: backbone.store)
    }

    func input(on tape: Tape, requiresGradient: Bool = false) throws -> Tensor {
        try #require(Golden(io, "input")).channelsLast.tensor(on: tape, requiresGradient: requiresGradient)
    }

    /// An activation in this project's order of dimensions: maps channels last, tokens as they are.
    func activation(_ name: String) -> Golden? {
        Golden(io, name).map { $0.shape.count == 4 ? $0.channelsLast : $0 }
    }

    /// `levels.2.blocks.0` is `level.2.block.0` in the fixtures.
    func fixtureName(_ path: String) -> String {
        path.replacingOccurrences(of: "levels", with: "level").replacingOccurrences(of: "blocks", with: "block")
    }

    func loss(_ logits: Tensor, on tape: Tape) throws -> Tensor {
        let labels = try #require(Golden(io, "target")).values
        var targets = Golden(shape: logits.shape.dimensions, values: [Float](repeating: 0, count: logits.shape.count))
            .values
        for (row, label) in labels.enumerated() {
            targets[row * config.classes + Int(label)] = 1
        }
        let oneHot = Golden(shape: logits.shape.dimensions, values: targets).tensor(on: tape)
        return softmaxCrossEntropy(logits, targets: oneHot, weights: nil)
    }

    func compareGradients() throws {
        let parameters = backbone.store.parameters
        let goldens = try parameters.map { try #require(Golden(gradients, $0.name), "\($0.name)") }
        let largest = goldens.flatMap(\.values).reduce(0) { max($0, abs($1)) }
        for (parameter, golden) in zip(parameters, goldens) {
            let actual = try #require(parameter.tensor.gradient, "\(parameter.name) has no gradient")
            if (golden.values.map(abs).max() ?? 0) < 1e-6 * largest {
                #expect((actual.map(abs).max() ?? 0) < 1e-6 * largest, "\(parameter.name): zero in exact arithmetic")
            } else if parameter.name.hasSuffix("qkv.bias") {
                let third = golden.values.count / 3
                for part in [0, 2] {
                    let range = part * third..<(part + 1) * third
                    #expect(
                        relativeError(Array(actual[range]), Array(golden.values[range])) <= 5e-5, "\(parameter.name)")
                }
            } else {
                #expect(relativeError(actual, golden.values) <= 5e-5, "\(parameter.name)")
            }
        }
    }
}
