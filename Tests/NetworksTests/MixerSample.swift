import Autograd
import Experiments
import Foundation
import Networks

/// One mixer with first values that are large enough to matter, alone on a tape.
struct MixerSample {
    let store = ParameterStore()
    private let mixer: any Mixer
    private let width: Int

    init(
        _ keyword: String, _ options: [String: OptionValue] = [:], width: Int = 12,
        settings: BackboneSettings = BackboneSettings(), seed: Int = 1
    ) throws {
        guard let type = Mixers.all.first(where: { $0.word.keyword == keyword }) else { throw Missing(name: keyword) }
        let site = MixerSite(width: width, heads: 2, settings: settings, scope: ParameterScope(store))
        mixer = type.init(MixerOptions(Block(keyword, options: options), of: type.word), at: site)
        self.width = width
        store.materialize(seed: UInt64(seed))
        for parameter in store.parameters where !parameter.name.hasPrefix("A") {
            let scale: Float = parameter.name.hasPrefix("dt_proj") ? 1 : 0.5
            parameter.tensor.pointer.update(
                from: wave(parameter.shape.count, frequency: 0.7, phase: Float(parameter.name.count), scale),
                count: parameter.shape.count)
        }
    }

    /// A place that has no such name.
    struct Missing: Error {
        let name: String
    }

    /// The values of a parameter.
    subscript(_ name: String) -> [Float] {
        get throws {
            guard let parameter = store.parameters.first(where: { $0.name == name }) else { throw Missing(name: name) }
            return parameter.tensor.values
        }
    }

    func set(_ name: String, _ values: [Float]) throws {
        guard let parameter = store.parameters.first(where: { $0.name == name }) else { throw Missing(name: name) }
        precondition(parameter.shape.count == values.count, "\(name): \(values.count) values")
        parameter.tensor.pointer.update(from: values, count: values.count)
    }

    /// The output tokens for input tokens, one row each, of one window.
    func callAsFunction(_ rows: [[Float]]) -> [[Float]] {
        let tape = Tape(mode: .inference, parallel: Parallel(threads: 1), pool: BufferPool())
        let x = tape.input([1, rows.count, width])
        for (index, row) in rows.enumerated() {
            (x.pointer + index * width).update(from: row, count: width)
        }
        let y = mixer(x).values
        return stride(from: 0, to: y.count, by: width).map { Array(y[$0..<$0 + width]) }
    }

    /// Input tokens that differ from one another.
    func tokens(_ count: Int) -> [[Float]] {
        (0..<count).map { wave(width, frequency: 0.9, phase: 2.3 * Float($0), 1) }
    }
}

/// scale·sin(frequency·i + phase)
func wave(_ count: Int, frequency: Float, phase: Float, _ scale: Float) -> [Float] {
    (0..<count).map { scale * sin(frequency * Float($0) + phase) }
}
