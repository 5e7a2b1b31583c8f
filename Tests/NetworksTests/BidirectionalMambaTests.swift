import Autograd
import Experiments
import Networks
import Testing

/// The scan from both ends: what a token hears, and what reversing the tokens does.
@Suite struct BidirectionalMambaTests {
    private static let scan = ["A_log", "D", "x_proj.weight", "dt_proj.weight", "dt_proj.bias"]

    @Test(arguments: ["shared", "separate"])
    func everyTokenHearsOfEveryOther(_ scans: String) throws {
        let mixer = try MixerSample("bidirectional-mamba", ["scans": .word(scans)])
        let tokens = mixer.tokens(9)
        let before = mixer(tokens)
        for changed in tokens.indices {
            var other = tokens
            other[changed] = wave(tokens[0].count, frequency: 0.4, phase: 1, 1)
            let after = mixer(other)
            #expect(tokens.indices.allSatisfy { before[$0] != after[$0] }, "token \(changed)")
        }
    }

    @Test func sharedScansCommuteWithReversal() throws {
        let mixer = try MixerSample("bidirectional-mamba")
        let mirror = try MixerSample("bidirectional-mamba")
        try turnConvolutions(of: mirror, from: mixer)
        let tokens = mixer.tokens(8)
        let expected = Array(mixer(tokens).reversed())
        #expect(relativeError(mirror(tokens.reversed()).flatMap(\.self), expected.flatMap(\.self)) < 1e-5)
        #expect(relativeError(mixer(tokens.reversed()).flatMap(\.self), expected.flatMap(\.self)) > 1e-2)
    }

    @Test func separateScansCommuteWithReversalWhenSwapped() throws {
        let options: [String: OptionValue] = ["scans": .word("separate")]
        let mixer = try MixerSample("bidirectional-mamba", options)
        let mirror = try MixerSample("bidirectional-mamba", options)
        try turnConvolutions(of: mirror, from: mixer)
        let tokens = mixer.tokens(8)
        let expected = Array(mixer(tokens).reversed())
        #expect(relativeError(mirror(tokens.reversed()).flatMap(\.self), expected.flatMap(\.self)) > 1e-2)
        for name in Self.scan {
            try mirror.set(name, mixer[backward(name)])
            try mirror.set(backward(name), mixer[name])
        }
        #expect(relativeError(mirror(tokens.reversed()).flatMap(\.self), expected.flatMap(\.self)) < 1e-5)
    }

    @Test func separateScansWithEqualValuesAreSharedOnes() throws {
        let shared = try MixerSample("bidirectional-mamba")
        let separate = try MixerSample("bidirectional-mamba", ["scans": .word("separate")])
        for parameter in shared.store.parameters {
            try separate.set(parameter.name, parameter.tensor.values)
        }
        for name in Self.scan {
            try separate.set(backward(name), shared[name])
        }
        let tokens = shared.tokens(8)
        #expect(separate(tokens) == shared(tokens))
    }

    @Test func sharedScansHaveTheParametersOfMamba() throws {
        let mamba = try MixerSample("mamba")
        let shared = try MixerSample("bidirectional-mamba")
        #expect(shared.store.parameters.map(\.name) == mamba.store.parameters.map(\.name))
        #expect(shared.store.parameterCount == mamba.store.parameterCount)
        let separate = try MixerSample("bidirectional-mamba", ["scans": .word("separate")])
        // D = 6, N = 8, R = 1: A_log, D, x_proj, dt_proj and its bias once more.
        #expect(separate.store.parameterCount - shared.store.parameterCount == 48 + 6 + 6 * 17 + 6 + 6)
    }

    /// Without states, what is left of both is the skip, which starts at 1 in all.
    @Test(arguments: ["shared", "separate"])
    func theSkipsStartWhereMambaDoes(_ scans: String) throws {
        let store = ParameterStore()
        let site = MixerSite(width: 12, heads: 1, settings: BackboneSettings(), scope: ParameterScope(store))
        let word = BidirectionalMambaMixer.word
        _ = BidirectionalMambaMixer(
            MixerOptions(Block(word.keyword, options: ["scans": .word(scans)]), of: word), at: site)
        store.materialize(seed: 3)
        let skips = store.parameters.filter { $0.name == "D" || $0.name == "D_b" }
        #expect(skips.count == (scans == "shared" ? 1 : 2))
        #expect(skips.allSatisfy { $0.tensor.values.allSatisfy { $0 == 0.5 } })
    }

    /// The name of the same parameter of the backward scan.
    private func backward(_ name: String) -> String {
        if name == "A_log" { return "A_b_log" }
        guard let dot = name.firstIndex(of: ".") else { return name + "_b" }
        return name[..<dot] + "_b" + name[dot...]
    }

    /// Turns the filters round, so that a reversed sequence gives a reversed result; the rest is copied.
    private func turnConvolutions(of mirror: MixerSample, from mixer: MixerSample) throws {
        for parameter in mixer.store.parameters {
            let values = parameter.tensor.values
            let isFilter = parameter.name.hasPrefix("conv1d")
            let turned = stride(from: 0, to: values.count, by: 3).flatMap {
                values[$0..<min($0 + 3, values.count)].reversed()
            }
            try mirror.set(parameter.name, isFilter ? turned : values)
        }
    }
}
