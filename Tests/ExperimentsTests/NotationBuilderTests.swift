import Experiments
import Testing

@Suite struct NotationBuilderTests {
    @Test func sameValueAsTheText() throws {
        let layout = Layout {
            Stage { Block("conv") }
            Stage { Block("conv") * 3 }
            for depth in [8, 4] {
                Stage { Block("mamba") * depth }.with("attention", at: .last(1 / 2))
            }
        }
        #expect(layout == mambaVisionTiny)
        #expect(try testParser.layout("C | C3 | M8 with A at last(1/2) | M4 with A at last(1/2)") == layout)
    }

    @Test(arguments: [true, false])
    func conditionsAndLoops(_ isMixed: Bool) throws {
        let layout = Layout {
            if isMixed {
                Stage { [Block("attention"), Block("mamba")] * 4 }
            } else {
                Stage {
                    for _ in 0..<2 { Block("mamba") }
                    if !isMixed { Block("identity") }
                    Block("attention", options: ["heads": .integer(2)])
                }
            }
            if isMixed { Stage { Block("conv") } }
        }
        #expect(layout.canonical(testVocabulary) == (isMixed ? "(A M)4 | C" : "M2 I A[heads=2]"))
    }

    @Test(arguments: [
        (Placement.first(1 / 4), "first(1/4)"), (.last(3), "last(3)"), (.middle(1 / 3), "middle(1/3)"),
        (.every(3, from: 1), "every(3, from: 1)"), (.every(2), "every(2)"), (.positions([6, 0]), "positions(6, 0)"),
        (.random(1 / 2, seed: 7), "random(1/2, seed: 7)"), (.all, "all"), (.none, "none"),
    ])
    func placements(_ placement: Placement, _ text: String) throws {
        let built = Layout { Stage { Block("mamba") * 7 }.with("attention", at: placement) }
        #expect(try testParser.layout("M7 with A at \(text)") == built)
    }

    /// floor(depth/2) attention blocks at the end, the rule of the official code.
    @Test func halfOfAnOddDepth() {
        for depth in 1...30 {
            let stage = Stage { Block("mamba") * depth }.with("attention", at: .last(1 / 2))
            let expected = (0..<depth).map { $0 >= (depth + 1) / 2 ? "attention" : "mamba" }
            #expect(stage.blocks.map(\.mixer) == expected)
        }
    }

    @Test func normalizing() throws {
        let options: [String: OptionValue] = ["state": .integer(8), "expand": .integer(2)]
        let layout = Layout { Stage { Block("mamba", options: options) } }
        #expect(try layout.normalized(testVocabulary).canonical(testVocabulary) == "M[expand=2.0]")
        let wrong = Layout {
            Stage {
                Block("mamb"); Block("attention", options: ["heds": .integer(1)])
            }
            Stage {}
            Stage { Block("mamba", options: ["state": .integer(0)]) }
        }
        let error = #expect(throws: Diagnostics.self) { try wrong.normalized(testVocabulary) }
        #expect(
            error?.rendered() == """
                error: stage 1, block 1: unknown mixer `mamb`
                    help: did you mean `mamba`?
                error: stage 1, block 2: `attention` has no option `heds`
                    help: did you mean `heads`?
                error: stage 2 has no blocks
                error: stage 3, block 1: option `state` cannot be `0`
                    help: use a whole number from 1 to 256
                """)
    }
}
