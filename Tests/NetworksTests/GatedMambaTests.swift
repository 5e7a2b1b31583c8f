import Autograd
import Experiments
import Foundation
import Networks
import Testing

/// The rows of MambaVision's Table 4: what their mixers see, and how large they make MambaVision-T.
@Suite struct GatedMambaTests {
    /// Exact parameters of MambaVision-T with these mixers in place of `mamba`, under both readings of the width.
    static let tableFour: [(layout: String, parameters: Int)] = [
        ("C | C3 | G4 A4 | G2 A2", 31_176_008),
        ("C | C3 | G[conv=same]*4 A4 | G[conv=same]*2 A2", 31_176_008),
        ("C | C3 | G[conv=same gate-conv=on]*4 A4 | G[conv=same gate-conv=on]*2 A2", 31_179_848),
        ("C | C3 | G[width=full]*4 A4 | G[width=full]*2 A2", 33_133_128),
        ("C | C3 | G[conv=same width=full]*4 A4 | G[conv=same width=full]*2 A2", 33_133_128),
        (
            "C | C3 | G[conv=same gate-conv=on width=full]*4 A4 | G[conv=same gate-conv=on width=full]*2 A2",
            33_140_808
        ),
        ("C | C3 | M4 A4 | M2 A2", 31_794_248),
        ("C | C3 | B4 A4 | B2 A2", 31_794_248),
    ]

    @Test(arguments: tableFour)
    func countsOfTheTinyVariant(_ row: (layout: String, parameters: Int)) throws {
        let variant = try #require(Variant.named("mambavision-t"))
        let layout = try LayoutParser(vocabulary: Mixers.vocabulary).layout(row.layout)
        #expect(layout.canonical(Mixers.vocabulary) == row.layout)
        let plan = try NetworkPlan(
            layout, variant.settings, input: ImageShape(height: 224, width: 224, channels: 3),
            task: .classification(classes: 1000))
        #expect(try NetworkCensus(plan).parameters == row.parameters)
    }

    /// The last token that each mixer may look ahead by: 0 for a causal one, k for one whose convolution sees k tokens on.
    static let reaches: [(keyword: String, options: [String: OptionValue], ahead: Int)] = [
        ("gated-mamba", [:], 0),
        ("gated-mamba", ["width": .word("full")], 0),
        ("gated-mamba", ["conv": .word("same")], 1),
        ("gated-mamba", ["gate-conv": .word("on")], 1),
        ("gated-mamba", ["conv": .word("same"), "kernel": .integer(5)], 2),
        ("mamba", [:], 1),
        ("no-scan", [:], 1),
    ]

    @Test(arguments: reaches)
    func aTokenDependsOnLaterOnesOnlyThroughTheConvolutions(
        _ row: (keyword: String, options: [String: OptionValue], ahead: Int)
    ) throws {
        let mixer = try MixerSample(row.keyword, row.options)
        let tokens = mixer.tokens(9)
        let before = mixer(tokens)
        for changed in tokens.indices {
            var other = tokens
            other[changed] = wave(tokens[0].count, frequency: 0.4, phase: 1, 1)
            let after = mixer(other)
            let moved = tokens.indices.filter { before[$0] != after[$0] }
            #expect(moved.first == max(0, changed - row.ahead), "token \(changed): \(moved)")
            #expect(row.keyword == "no-scan" || moved.last == tokens.count - 1, "the scan carries token \(changed) on")
        }
    }

    @Test(arguments: ["half", "full"], [false, true])
    func theGateIsAProductOfTheBranches(_ width: String, hasConvolution: Bool) throws {
        let options: [String: OptionValue] = [
            "width": .word(width), "gate-conv": .word(hasConvolution ? "on" : "off"), "kernel": .integer(3),
        ]
        let mixer = try MixerSample("gated-mamba", options)
        let tokens = mixer.tokens(7)
        let expected = try GatedMambaTwin(mixer, branch: width == "half" ? 6 : 12, gated: hasConvolution)(tokens)
        #expect(relativeError(mixer(tokens).flatMap(\.self), expected.flatMap(\.self)) < 1e-5)
    }

    @Test func anOddWidthNeedsFullBranches() throws {
        var settings = BackboneSettings()
        settings.width = 5
        func plan(_ layout: String) throws -> NetworkPlan {
            try NetworkPlan(
                LayoutParser(vocabulary: Mixers.vocabulary).layout(layout), settings,
                input: ImageShape(height: 8, width: 8, channels: 3), task: .classification(classes: 2))
        }
        let error = #expect(throws: NetworkError.self) { try plan("G") }
        #expect(error?.description.contains("even width") == true)
        #expect(throws: Never.self) { try plan("G[width=full]") }
    }
}

/// The gated mixer with causal convolution, token by token and number by number, in double precision.
private struct GatedMambaTwin {
    private let mixer: MixerSample
    private let branch, state, rank: Int
    private let gated: Bool

    init(_ mixer: MixerSample, branch: Int, gated: Bool) {
        self.mixer = mixer
        self.branch = branch
        self.gated = gated
        state = 8
        rank = 1
    }

    func callAsFunction(_ tokens: [[Float]]) throws -> [[Float]] {
        let projected = try tokens.map { try product("in_proj.weight", $0.map(Double.init)) }
        let xs = try convolved(projected.map { Array($0[..<branch]) }, "conv1d_x.weight", left: 2)
        let gates = projected.map { Array($0[branch...]) }
        let zs = gated ? try convolved(gates, "conv1d_z.weight", left: 1) : gates.map { $0.map(silu) }
        let logA = try mixer["A_log"]
        let (skip, bias) = (try mixer["D"], try mixer["dt_proj.bias"])
        var states = [Double](repeating: 0, count: branch * state)
        var outputs: [[Float]] = []
        for (x, z) in zip(xs, zs) {
            let parts = try product("x_proj.weight", x)
            let raw = try product("dt_proj.weight", Array(parts[..<rank]))
            var y: [Double] = []
            for d in 0..<branch {
                let step = log1p(exp(raw[d] + 2 * Double(bias[d])))
                var sum = Double(skip[d]) * x[d]
                for n in 0..<state {
                    let place = d * state + n
                    states[place] =
                        exp(-step * exp(Double(logA[place]))) * states[place] + step * parts[rank + n] * x[d]
                    sum += parts[rank + state + n] * states[place]
                }
                y.append(sum * z[d])
            }
            outputs.append(try product("out_proj.weight", y).map(Float.init))
        }
        return outputs
    }

    private func product(_ name: String, _ x: [Double]) throws -> [Double] {
        let weight = try mixer[name]
        return stride(from: 0, to: weight.count, by: x.count).map { row in
            x.indices.reduce(0) { $0 + Double(weight[row + $1]) * x[$1] }
        }
    }

    private func convolved(_ rows: [[Double]], _ name: String, left: Int) throws -> [[Double]] {
        let weight = try mixer[name]
        return rows.indices.map { l in
            (0..<branch).map { d in
                let sum = (0..<3).reduce(0.0) { sum, j in
                    let source = l + j - left
                    return rows.indices.contains(source) ? sum + Double(weight[3 * d + j]) * rows[source][d] : sum
                }
                return silu(sum)
            }
        }
    }

    private func silu(_ x: Double) -> Double { x / (1 + exp(-x)) }
}
