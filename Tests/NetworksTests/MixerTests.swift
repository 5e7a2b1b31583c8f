import Autograd
import Experiments
import Networks
import Testing

@Suite struct MixerTests {
    /// Every block of the vocabulary, once plain and once with each word that an option of it may have.
    static let blocks = Mixers.vocabulary.words.flatMap { word in
        [Block(word.keyword)]
            + word.options.flatMap { option -> [Block] in
                guard case .word(let values) = option.kind else { return [] }
                return values.map(OptionValue.word).filter { $0 != option.defaultValue }.map {
                    Block(word.keyword, options: [option.name: $0])
                }
            }
    }

    @Test(arguments: blocks)
    func everyParameterReceivesAGradient(_ block: Block) throws {
        let backbone = try network([[Block("conv")], [block, block]])
        backbone.store.materialize(seed: 1)
        let tape = Tape(mode: .training, parallel: Parallel(threads: 1), pool: BufferPool())
        let logits = backbone(images(on: tape))
        tape.backward(logits, gradient: (0..<logits.shape.count).map { Float($0 % 5) - 2 })
        #expect(backbone.store.parametersWithoutGradient.isEmpty)
        for parameter in backbone.store.parameters {
            let gradient = try #require(parameter.tensor.gradient)
            #expect(gradient.allSatisfy { $0.isFinite }, "\(parameter.name)")
            #expect(gradient.contains { $0 != 0 }, "\(parameter.name): every gradient is zero")
        }
    }

    @Test(arguments: blocks)
    func aStepAllocatesNothingAfterTheFirst(_ block: Block) throws {
        let backbone = try network([[Block("conv")], [block, block]])
        backbone.store.materialize(seed: 1)
        let pool = BufferPool()
        let parallel = Parallel(threads: 2)
        var allocations: [Int] = []
        for _ in 0..<3 {
            backbone.store.clearGradients()
            let tape = Tape(mode: .training, parallel: parallel, pool: pool)
            let logits = backbone(images(on: tape))
            tape.backward(logits, gradient: [Float](repeating: 0.1, count: logits.shape.count))
            allocations.append(pool.allocations)
        }
        #expect(allocations[0] > 0)
        #expect(allocations[1] == allocations[0] && allocations[2] == allocations[0], "\(allocations)")
        #expect(pool.bytesInUse == 0)
    }

    @Test func layoutsThatShareAStemShareItsFirstValues() throws {
        let one = try network([[Block("conv")], [Block("mamba")]])
        let other = try network([[Block("conv")], [Block("attention"), Block("mamba")]])
        one.store.materialize(seed: 5)
        other.store.materialize(seed: 5)
        let name = "patch_embed.conv_down.0.weight"
        let first = try #require(one.store.parameters.first { $0.name == name }?.tensor.values)
        #expect(other.store.parameters.first { $0.name == name }?.tensor.values == first)
        #expect(Set(first).count > 1)
    }

    @Test func impossibleNetworksSayWhatToDo() {
        var settings = BackboneSettings()
        settings.heads = [1, 7]
        expectError("do not divide", settings)
        settings.heads = [1, 2, 4]
        expectError("2 stages", settings)
        settings.heads = nil
        settings.width = 5
        settings.headWidth = 5
        expectError("even width", settings, [[Block("mamba")], [Block("conv")]])
    }

    private func expectError(
        _ words: String, _ settings: BackboneSettings, _ blocks: [[Block]] = [[Block("conv")], [Block("attention")]]
    ) {
        let error = #expect(throws: NetworkError.self) { try network(blocks, settings) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    private func network(_ blocks: [[Block]], _ settings: BackboneSettings = BackboneSettings()) throws -> Backbone {
        let layout = Layout(stages: blocks.map { Stage($0) })
        return try Backbone(
            NetworkPlan(
                layout, settings, input: ImageShape(height: 20, width: 28, channels: 3),
                task: .classification(classes: 5)))
    }

    private func images(on tape: Tape) -> Tensor {
        let images = tape.input([3, 20, 28, 3])
        for index in 0..<images.shape.count {
            images.pointer[index] = Float((index * 37) % 101) / 50 - 1
        }
        return images
    }
}
