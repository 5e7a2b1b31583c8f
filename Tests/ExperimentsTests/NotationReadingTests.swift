import Experiments
import Testing

@Suite struct NotationReadingTests {
    @Test(arguments: [
        "conv | conv*3 | mamba*4 attention*4 | mamba*2 attention*2",
        "C | C3 | M4 A4 | M2 A2",
        "C|CCC|MMMMAAAA|MMAA",
        "C | C3 | M8 with A at last(1/2) | M4 with A at last(1/2)",
        "C | C*3 | (M)4 (A)*4 | ((M)2)(A A)",
        "C | C3 | M4A4 | MMA2",
        "C\n| C 3\n| M * 4 A * 4\r\n|\tM2 A2 \n",
        "C | C3 | A8 with mamba at first(0.5) | A4 with M at positions(1, 0)",
        "C | C3 | M8 with A at positions(4,5) with attention at last(2) | I4 with M at first(2) with A at last(2)",
        "C | (C)3 | M[state=8]*4 A4 | M2[state=8, expand=1.0 scan=on] A2",
    ])
    func mambaVisionTiny(_ text: String) throws {
        #expect(try testParser.layout(text) == ExperimentsTests.mambaVisionTiny)
        #expect(try testParser.layout(text).canonical(testVocabulary) == "C | C3 | M4 A4 | M2 A2")
    }

    @Test(arguments: [
        ("M8 with A at first(1/2)", "A4 M4"), ("M5 with A at last(1/2)", "M3 A2"), ("M5 with A at first(1/2)", "A2 M3"),
        ("M8 with A at middle(1/2)", "M2 A4 M2"), ("M5 with A at middle(2)", "M A2 M2"),
        ("M8 with A at every(2)", "(A M)4"), ("M8 with A at every(2, from: 1)", "(M A)4"),
        ("M7 with A at every(3, from: 2)", "M2 A M2 A M"), ("M3 with A at all", "A3"), ("M3 with A at none", "M3"),
        ("M3 with A at all()", "A3"), ("M3 with A at last(0)", "M3"), ("M4 with A at last(1.0)", "A4"),
        ("M8 with A at last(1/4) with I at first(1)", "I M5 A2"),
        ("(M2 with A at last(1)) 3", "(M A)3"), ("(A M2)2 M", "A M2 A M3"),
        ("mamba-no-scan*3 A", "mamba-no-scan*3 A"), ("A4[window=7 heads=8]", "A[heads=8 window=7]*4"),
        ("M8 with A[heads=2] at last(1)", "M7 A[heads=2]"), ("M[expand=0.5]", "M[expand=0.5]"),
        ("M[scan=off]", "M[scan=off]"), ("(M[state=16] A)2", "(M[state=16] A)2"),
    ])
    func canonicalText(_ text: String, _ canonical: String) throws {
        #expect(try testParser.layout(text).canonical(testVocabulary) == canonical)
    }

    @Test func randomIsTheSameEverywhere() throws {
        let layout = try testParser.layout("M8 with A at random(4, seed: 1) | M8 with A at random(1/2, seed: 1)")
        #expect(layout.stages[0] == layout.stages[1])
        #expect(layout.stages[0].blocks.count { $0.mixer == "attention" } == 4)
        let seeds = try (0..<20).map { try testParser.layout("M8 with A at random(4, seed: \($0))") }
        #expect(Set(seeds).count > 10)
        // A change of these positions changes the results of experiments that were already run.
        let positions = layout.stages[0].blocks.indices.filter { layout.stages[0].blocks[$0].mixer == "attention" }
        #expect(positions == [0, 1, 5, 7])
    }

    @Test func sets() throws {
        let template = try testParser.template("C | M8 with A at choose(4) | M4 with A at choose(1/2)")
        let layouts = try template.expand()
        #expect(template.axes.isEmpty)
        #expect(layouts.count == 70 * 6)
        #expect(Set(layouts.map(\.layout)).count == 420)
        #expect(layouts[0].label == "0,1,2,3 | 0,1")
        #expect(layouts.last?.label == "4,5,6,7 | 2,3")
        let any = try testParser.template("M3 with A at any").expand()
        #expect(any.map(\.label) == ["none", "0", "1", "2", "0,1", "0,2", "1,2", "0,1,2"])
        let free = try testParser.template("M4 with A at choose(1) with I at last(2)").expand()
        #expect(free.map { $0.layout.canonical(testVocabulary) } == ["A M I2", "M A I2"])
    }

    @Test func axes() throws {
        let template = try testParser.template("C | {mixer}8 with A at {place}({k}) | {mixer}4 with A at last({k})")
        #expect(template.axes == ["mixer", "place", "k"])
        let layouts = try template.expand(axisValues: ["mixer": "M", "place": "first", "k": "1/4", "other": "x"])
        #expect(layouts.map { $0.layout.canonical(testVocabulary) } == ["C | A2 M6 | M3 A"])
        #expect(layouts[0].label == nil)
    }
}
