import Experiments
import Testing

@Suite struct NotationRoundTripTests {
    /// Prints and reads the layouts and stops at the first that is not the same afterwards.
    private func roundTrip(_ count: Int, in dialect: Dialect, _ random: RandomLayouts) throws {
        var random = random
        for _ in 0..<count {
            let layout = random.layout()
            let text = try layout.text(in: dialect, testVocabulary)
            let read = try testParser.layout(text, dialect: dialect)
            if read == layout, try read.text(in: dialect, testVocabulary) == text { continue }
            Issue.record("\(text) is read as \(read.canonical(testVocabulary))")
            return
        }
    }

    @Test(arguments: [(Dialect.ablate, 2000), (.words, 400), (.json, 250)])
    func everyLayout(_ dialect: Dialect, _ count: Int) throws {
        try roundTrip(count, in: dialect, RandomLayouts(seed: 1))
    }

    @Test(arguments: [
        (Dialect.compact, ["conv", "mamba", "attention", "identity"]),
        (.megatron, ["conv", "mamba", "attention", "identity"]), (.paper, ["conv", "mamba", "attention"]),
    ])
    func layoutsThatTheDialectCanExpress(_ dialect: Dialect, _ mixers: [String]) throws {
        let words = testVocabulary.words.filter { mixers.contains($0.keyword) }
        try roundTrip(400, in: dialect, RandomLayouts(seed: 2, mixers: words, hasOptions: false))
    }

    @Test func layoutsOfIndexLists() throws {
        let words = testVocabulary.words.filter { ["mamba", "attention"].contains($0.keyword) }
        var random = RandomLayouts(seed: 2, mixers: words, hasOptions: false)
        for index in 0..<300 {
            var layout = random.layout()
            if index.isMultiple(of: 2) { layout.stages[0] = Stage { Block("conv") * layout.stages[0].blocks.count } }
            let text = try layout.text(in: .attentionIndices, testVocabulary)
            let read = try testParser.layout(text, dialect: .attentionIndices)
            #expect(read == layout, "\(text)")
            if read != layout { return }
        }
    }

    /// Whatever a dialect writes, it reads back; whatever it cannot write, it refuses.
    @Test func everyDialectIsExactOrRefuses() throws {
        var random = RandomLayouts(seed: 3)
        var refused = 0
        for _ in 0..<200 {
            let layout = random.layout()
            for dialect in Dialect.allCases {
                do {
                    let text = try layout.text(in: dialect, testVocabulary)
                    #expect(try testParser.layout(text, dialect: dialect) == layout)
                } catch {
                    #expect(error.all.count == 1 && error.all[0].message.hasPrefix("stage "))
                    refused += 1
                }
            }
        }
        #expect(refused > 200)
    }

    @Test func canonicalTextsAreDistinct() {
        var random = RandomLayouts(seed: 4)
        var layouts: [String: Layout] = [:]
        for _ in 0..<2000 {
            let layout = random.layout()
            let text = layout.canonical(testVocabulary)
            #expect(layouts[text] ?? layout == layout)
            layouts[text] = layout
        }
    }

    @Test(arguments: [
        (Dialect.ablate, "C | C3 | M4 A4 | M2 A2"),
        (.words, "conv | conv*3 | mamba*4 attention*4 | mamba*2 attention*2"),
        (.compact, "C|CCC|MMMMAAAA|MMAA"),
        (.paper, "C|CCC|MMMMSSSS|MMSS"),
        (.megatron, "C|CCC|M-M-M-M-*-*-*-*-|M-M-*-*-"),
        (
            .json,
            #"[["conv"],["conv","conv","conv"],["mamba","mamba","mamba","mamba","attention","attention","attention","#
                + #""attention"],["mamba","mamba","attention","attention"]]"#
        ),
        (.attentionIndices, "depths=[1,3,8,4] conv=[0,1] attention=[[],[],[4,5,6,7],[2,3]]"),
    ])
    func mambaVisionTinyInEveryDialect(_ dialect: Dialect, _ text: String) throws {
        #expect(try mambaVisionTiny.text(in: dialect, testVocabulary) == text)
        #expect(try testParser.layout(text, dialect: dialect) == mambaVisionTiny)
    }

    @Test(arguments: [
        (Dialect.paper, " C | CCC\n| MMMM SSSS | MMSS"), (.megatron, "C | CCC | MMMM**** | MM**"),
        (.json, #"[ ["C"], ["C", "conv", "C"], ["M","M","M","M","A","A","A","A"], ["M","M","A","full_attention"] ]"#),
        (.attentionIndices, "depths = [1, 3, 8, 4], attention = [[], [], [4, 5, 6, 7], [2, 3]],"),
    ])
    func mambaVisionTinyAsOthersWriteIt(_ dialect: Dialect, _ text: String) throws {
        #expect(try testParser.layout(text, dialect: dialect) == mambaVisionTiny)
    }

    @Test func oneStageInJSONIsOneList() throws {
        let stage = Layout {
            Stage {
                Block("mamba", options: ["state": .integer(16)]); Block("attention")
            }
        }
        #expect(try stage.text(in: .json, testVocabulary) == #"["mamba[state=16]","attention"]"#)
        #expect(try testParser.layout(#"["mamba[state=16]","attention"]"#, dialect: .json) == stage)
    }

    @Test func megatronLoneMinusIsIdentity() throws {
        let layout = try testParser.layout("M---*-", dialect: .megatron)
        #expect(layout.canonical(testVocabulary) == "M I2 A")
    }
}
