import Autograd
import Experiments
import Foundation
import Networks
import Testing

/// Numbers that the official modules gave for weights and inputs drawn from sines: parity without any file.
@Suite struct ParityVectorTests {
    @Test func mambaMixer() throws {
        let (store, scope) = emptyStore()
        let options = MixerOptions(Block("mamba"), of: MambaMixer.word)
        let mixer = MambaMixer(options, at: MixerSite(width: 8, heads: 1, settings: BackboneSettings(), scope: scope))
        Sines.fill(store) { _ in 0.6 }
        let tape = Tape(mode: .training, parallel: Parallel(threads: 1), pool: BufferPool())
        let x = Sines.input([1, 5, 8]).tensor(on: tape, requiresGradient: true)
        let y = mixer(x)
        let rows: [Float] = [
            0.014681, -0.042330, -0.080339, -0.082287, -0.047299, 0.008920, 0.061136, 0.085909,
            0.081875, -0.087382, -0.217417, -0.249860, -0.170149, -0.014063, 0.148335, 0.244150,
        ]
        #expect(relativeError(Array(y.values.prefix(16)), rows) <= 1e-4)
        #expect(isNear(sum(y.values), -1.234177) && isNear(squares(y.values), 1.141833))
        tape.backward(y, gradient: y.values.map { 2 * $0 })
        let norms: [String: Double] = [
            "A_log": 1.529242e-2, "D": 0.8701729, "in_proj.weight": 4.636508, "x_proj.weight": 0.5265805,
            "dt_proj.weight": 5.552666e-2, "dt_proj.bias": 0.4618468, "out_proj.weight": 1.888561,
            "conv1d_x.weight": 1.134821, "conv1d_z.weight": 2.204067,
        ]
        #expect(store.parameters.count == norms.count)
        for parameter in store.parameters {
            #expect(isNear(norm(parameter.tensor.gradient), try #require(norms[parameter.name])), "\(parameter.name)")
        }
        #expect(isNear(norm(x.gradient), 3.114160))
    }

    @Test func attention() throws {
        let (store, scope) = emptyStore()
        let options = MixerOptions(Block("attention"), of: AttentionMixer.word)
        let mixer = AttentionMixer(
            options, at: MixerSite(width: 8, heads: 2, settings: BackboneSettings(), scope: scope))
        Sines.fill(store) { _ in 0.6 }
        let tape = Tape(mode: .inference, parallel: Parallel(threads: 1), pool: BufferPool())
        let y = mixer(Sines.input([1, 5, 8]).tensor(on: tape)).values
        let row: [Float] = [-2.429050, -1.241063, 0.516785, 2.053374, 2.671865, 2.085830, 0.551968, -1.242136]
        #expect(relativeError(Array(y.prefix(8)), row) <= 1e-4)
        #expect(isNear(sum(y), 15.204463) && isNear(squares(y), 120.672588))
    }

    @Test func convBlock() throws {
        let (store, scope) = emptyStore()
        let block = ConvBlock(width: 2, layerScale: nil, dropPath: 0, in: scope)
        Sines.fill(store) { _ in 0.6 }
        let tape = Tape(mode: .inference, parallel: Parallel(threads: 1), pool: BufferPool())
        let y = block(Sines.input([1, 2, 3, 3]).channelsLast.tensor(on: tape)).values
        let first = stride(from: 0, to: 16, by: 2).map { y[$0] }
        let expected: [Float] = [0.343742, 0.467953, 0.230625, 1.974719, 0.494971, -1.253346, -3.493044, -4.267309]
        #expect(relativeError(first, expected) <= 1e-4)
        #expect(relativeError([y[13], y[15], y[17]], [-4.139379, -5.166463, -2.986382]) <= 1e-4)
        #expect(isNear(sum(y), -16.713749))
    }

    @Test func tinyNetworkInEvaluation() throws {
        let backbone = try tinyNetwork()
        let tape = Tape(mode: .differentiableInference, parallel: Parallel(threads: 2), pool: BufferPool())
        var sums: [String: Double] = [:]
        let logits = backbone(Sines.input([2, 3, 40, 56]).channelsLast.tensor(on: tape)) { path, tensor in
            sums[path] = sum(tensor.values)
        }
        let expected: [Float] = [
            25.233561, -3.742475, -30.330446, -37.733158, -21.287174, 6.388216, -7.258508, -16.294342, -15.018558,
            -4.254300,
        ]
        #expect(relativeError(logits.values, expected) <= 1e-4)
        let stages = [
            "patch_embed": 96.910977, "levels.0": -6.352847, "levels.1": -56.776038, "levels.2": 75.524835,
            "levels.3": -351.1164,
        ]
        for (path, expected) in stages {
            #expect(isNear(try #require(sums[path], "\(sums.keys)"), expected, tolerance: 2e-4), "\(path)")
        }
        let loss = crossEntropy(logits, on: tape)
        #expect(isNear(Double(loss.values[0]), 33.1032753))
        tape.backward(loss)
        let norms = [
            "patch_embed.conv_down.0.weight": 438.1031, "levels.2.blocks.0.mixer.A_log": 1.149373,
            "levels.2.blocks.0.mixer.dt_proj.bias": 22.18080, "levels.2.blocks.0.mixer.in_proj.weight": 233.4323,
            "head.weight": 272.1556,
        ]
        for (name, expected) in norms {
            let parameter = try #require(backbone.store.parameters.first { $0.name == name })
            #expect(isNear(norm(parameter.tensor.gradient), expected), "\(name)")
        }
    }

    @Test func tinyNetworkInTraining() throws {
        let backbone = try tinyNetwork()
        let tape = Tape(mode: .training, parallel: Parallel(threads: 2), pool: BufferPool())
        let logits = backbone(Sines.input([2, 3, 40, 56]).channelsLast.tensor(on: tape)) { _, _ in }
        let expected: [Float] = [
            -0.393953, 0.252756, 0.761716, 0.799418, 0.325437, -0.341503, 0.052291, 0.435071, 0.553099, 0.315167,
        ]
        #expect(relativeError(logits.values, expected) <= 1e-4)
        #expect(isNear(Double(crossEntropy(logits, on: tape).values[0]), 1.4125962))
        let statistics: [String: [Float]] = [
            "running_mean": [-0.092832, -0.134130, -0.112337, -0.037700],
            "running_var": [1.252086, 0.963819, 0.944642, 1.226470],
        ]
        for (name, values) in statistics {
            let state = try #require(backbone.store.states.first { $0.name == "patch_embed.conv_down.1.\(name)" })
            #expect(relativeError(state.values, values) <= 1e-4, "\(name)")
        }
    }

    /// 158,681 parameters; its third stage's map of 3×4 is padded to the window of 4×4.
    private func tinyNetwork() throws -> Backbone {
        var settings = BackboneSettings()
        settings.width = 8
        settings.stem.channels = 4
        settings.heads = [1, 1, 2, 4]
        settings.windows = [8, 8, 4, 2]
        let stages = [["conv"], ["conv"], ["mamba", "mamba", "attention"], ["mamba", "attention"]]
        let backbone = try Backbone(
            NetworkPlan(
                Layout(stages: stages.map { Stage($0.map { Block($0) }) }), settings,
                input: ImageShape(height: 40, width: 56, channels: 3), task: .classification(classes: 5)))
        #expect(backbone.store.parameterCount == 158_681)
        Sines.fill(backbone.store) { $0.contains(".mixer.") ? 0.6 : 0.15 }
        return backbone
    }

    /// The mean cross-entropy with the labels 2 and 4.
    private func crossEntropy(_ logits: Tensor, on tape: Tape) -> Tensor {
        let targets = Golden(shape: [2, 5], values: [0, 0, 1, 0, 0, 0, 0, 0, 0, 1]).tensor(on: tape)
        return softmaxCrossEntropy(logits, targets: targets, weights: nil)
    }

    private func emptyStore() -> (ParameterStore, ParameterScope) {
        let store = ParameterStore()
        return (store, ParameterScope(store))
    }
}

/// Weights and inputs from sines, in the order of the official state_dict.
private enum Sines {
    /// Fills array number i, element k, from s = sin(0.7k + 1.3i); `amplitude` is that of an array's name.
    static func fill(_ store: ParameterStore, amplitude: (String) -> Double) {
        store.materialize(seed: 0)
        var number = 0
        func fill(_ name: String, _ shape: Shape, _ pointer: UnsafeMutablePointer<Float>) {
            let amplitude = amplitude(name)
            for k in 0..<shape.count {
                let s = sin(0.7 * Double(k) + 1.3 * Double(number))
                let value: Double =
                    if name.hasSuffix("A_log") {
                        log(Double(k % shape[1] + 1)) + 0.1 * s
                    } else if name == "D" || name.hasSuffix(".D") || (shape.rank == 1 && name.hasSuffix("weight")) {
                        1 + 0.1 * s
                    } else if name.hasSuffix("running_var") {
                        1 + 0.5 * s * s
                    } else {
                        amplitude * s
                    }
                pointer[k] = Float(value)
            }
            number += 1
        }
        for parameter in store.parameters {
            fill(parameter.name, parameter.shape, parameter.tensor.pointer)
            guard parameter.name.hasSuffix("bias") else { continue }
            let statistics = parameter.name.dropLast("bias".count)
            for state in store.states
            where state.name == statistics + "running_mean" || state.name == statistics + "running_var" {
                fill(state.name, state.shape, state.pointer)
            }
        }
    }

    /// sin(0.11k + 0.5) over the flat array.
    static func input(_ shape: [Int]) -> Golden {
        Golden(shape: shape, values: (0..<shape.reduce(1, *)).map { Float(sin(0.11 * Double($0) + 0.5)) })
    }
}

private func sum(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1) } }
private func squares(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1) * Double($1) } }
private func norm(_ values: [Float]?) -> Double { squares(values ?? []).squareRoot() }

private func isNear(_ actual: Double, _ expected: Double, tolerance: Double = 1e-4) -> Bool {
    abs(actual - expected) <= tolerance * abs(expected)
}
