import Experiments
import Testing

@Suite struct NotationErrorTests {
    /// Text, column of each error, and a part of its message or remedy.
    static let cases: [(String, [(Int, String)])] = [
        ("", [(1, "the layout is empty")]),
        ("  \n ", [(2, "the layout is empty")]),
        ("C | X4 | M4 A4", [(5, "unknown mixer `X`")]),
        ("C | mamab*4", [(5, "did you mean `mamba`?")]),
        ("C | MAMBA4", [(5, "did you mean `mamba`?")]),
        ("C | mamba4", [(5, "write `mamba*4`")]),
        ("C | mmmm", [(5, "write `MMMM`")]),
        ("MMMMSSSS", [(5, "paper-letters"), (6, "S"), (7, "S"), (8, "S")]),
        ("M0", [(2, "less than 1")]),
        ("M*-3", [(3, "less than 1")]),
        ("M-3", [(2, "less than 1")]),
        ("M99999999999999999999999", [(2, "too large")]),
        ("(M9)1001", [(5, "too large")]),
        ("((M1000)1000)1000", [(9, "1000000 blocks deep")]),
        ("M600 A400 C", [(11, "1001 blocks deep")]),
        ("M1.5", [(3, "unexpected character `.`"), (4, "second count")]),
        ("M*1.5", [(3, "not a whole number")]),
        ("M*", [(2, "no count behind `*`")]),
        ("M4*2", [(3, "second count")]),
        ("4M", [(1, "stands behind its block")]),
        ("MMMM*2", [(5, "(MMMM)*2")]),
        ("MMA[heads=2]", [(4, "set the block apart")]),
        ("M8 with A at last(3/2)", [(19, "more than all of it")]),
        ("M8 with A at last(9)", [(19, "do not fit a stage of depth 8")]),
        ("M8 with A at last(1/0)", [(19, "denominator")]),
        ("M8 with A at last(-1)", [(19, "negative")]),
        ("M8 with A at positions(0, 8)", [(27, "position 8 is outside a stage of depth 8")]),
        ("M8 with A at positions(3, 3)", [(27, "given twice")]),
        ("M8 with A at positions()", [(14, "positions(0, 2, 5)")]),
        ("M8 with A at every(0)", [(20, "must be 1 or more")]),
        ("M8 with A at every(2, from: 8)", [(23, "position 8 is outside")]),
        ("M8 with A at every(2, 1)", [(14, "every(2, from: 1)")]),
        ("M8 with A at random(4)", [(14, "has no seed")]),
        ("M8 with A at random(4, seed: -1)", [(24, "seed")]),
        ("M8 with A at lst(1/2)", [(14, "did you mean `last`?")]),
        ("M8 with A at end", [(14, "the placements are")]),
        ("M8 with A at last(1/2", [(18, "no `)`")]),
        ("M8 with A at last(1 2)", [(21, "separate arguments by commas")]),
        ("M8 with A at last(half)", [(19, "is no number")]),
        ("M8 with A last(1/2)", [(11, "`at` is missing")]),
        ("M8 with at last(1/2)", [(9, "no mixer behind `with`")]),
        ("M8 with A4 at last(1/2)", [(9, "`with` takes one mixer")]),
        ("M8 with A at", [(13, "no placement behind `at`")]),
        ("M8 with A at last(1/2) M2", [(24, "unexpected `M2` behind a placement")]),
        ("with A at all", [(1, "no blocks before `with`")]),
        ("M8 with A at last(2) with C at last(1)", [(32, "already takes position 7")]),
        ("M8 with A at choose(4)", [(14, "sweep")]),
        ("M8 with A at any", [(14, "sweep")]),
        ("M{d} with A at last({k})", [(2, "axis `{d}`"), (21, "axis `{k}`")]),
        ("M[stat=16]", [(3, "did you mean `state`?")]),
        ("M[heads=16]", [(3, "the options of `mamba` are state, expand, conv-kernel, scan")]),
        ("C[state=16]", [(3, "`conv` takes no options")]),
        ("M[state=0]", [(9, "a whole number from 1 to 256")]),
        ("M[state=1.5]", [(9, "a whole number from 1 to 256")]),
        ("M[state=large]", [(9, "cannot be `large`")]),
        ("M[expand=1e999]", [(10, "a number from 0.25 to 4.0")]),
        ("M[scan=of]", [(8, "on or off")]),
        ("M[state]", [(3, "has no value")]),
        ("M[state=]", [(3, "has no value")]),
        ("M[state=2 state=3]", [(11, "given twice")]),
        ("M[]", [(2, "no options between the brackets")]),
        ("M[state=16 | A", [(2, "no `]`")]),
        ("(M A", [(1, "no `)`")]),
        ("(M | A)", [(1, "no `)`"), (7, "unexpected `)`")]),
        ("M)", [(2, "unexpected `)`")]),
        ("()4", [(2, "the group is empty")]),
        ("M || A", [(4, "the stage is empty")]),
        ("M |", [(4, "the stage is empty")]),
        ("| M", [(1, "the stage is empty")]),
        ("M, A", [(2, "separate blocks by spaces")]),
        ("M4 × A", [(4, "unexpected character `×`")]),
        ("M4; A4", [(3, "separate stages by `|`")]),
        ("M4 \u{1B}\u{1B} A4", [(4, "unexpected character U+001B")]),
        ("M[state=16 A4 X", [(2, "no `]`"), (15, "unknown mixer `X`")]),
        (
            "X9 with Q at last(10) with A at frist(1) | Mx",
            [
                (1, "unknown mixer `X`"), (9, "unknown mixer `Q`"), (19, "10 blocks do not fit"),
                (33, "did you mean `first`?"),
                (44, "unknown mixer `Mx`"),
            ]
        ),
    ]

    @Test(arguments: cases.indices)
    func placeAndMessage(_ index: Int) throws {
        let (text, expected) = NotationErrorTests.cases[index]
        let found = problems(text)
        let rendered = found.map { $0.rendered() }.joined(separator: "\n")
        #expect(found.map { $0.place?.column } == expected.map(\.0), "\(text)\n\(rendered)")
        for (diagnostic, (_, part)) in zip(found, expected) {
            #expect((diagnostic.message + (diagnostic.remedy ?? "")).contains(part), "\(rendered)")
        }
    }

    @Test func sizes() {
        #expect(problems(String(repeating: "M", count: 1000)).isEmpty)
        #expect(problems(String(repeating: "M", count: 1001)).map(\.place?.column) == [1001])
        #expect(problems(String(repeating: "M|", count: 63) + "M").isEmpty)
        #expect(problems(String(repeating: "M|", count: 64) + "M").count == 1)
        #expect(problems(String(repeating: "(", count: 32) + "M" + String(repeating: ")", count: 32)).isEmpty)
        #expect(problems(String(repeating: "(", count: 33) + "M" + String(repeating: ")", count: 33)).count == 1)
        #expect(problems(String(repeating: "(", count: 20_000)).count == 33)
        #expect(problems(String(repeating: "X ", count: 10_000)).count == 51)
        let long = problems(String(repeating: "M", count: 10_000_000))
        #expect(long.count == 1 && long[0].message == "the layout is 10000000 bytes long")
    }

    @Test(arguments: [
        (Dialect.paper, "C|MMAA", [5, 6], "the paper writes S"), (.paper, "MM||SS", [4], "the stage is empty"),
        (.paper, "M4", [2], "letters are"), (.megatron, "M-*M-", [3], "without its MLP"),
        (.megatron, "ME", [2], "mixture of experts"),
        (.json, #"["mamba","atention"]"#, [11], "did you mean `attention`?"),
        (.json, #"[["mmba"],["atention"]]"#, [4, 13], "did you mean"),
        (.json, #"[["mamba"],]"#, [12], "every stage is a list"),
        (.json, #"["mamba" "mamba"]"#, [10], "`,` or `]` is missing"), (.json, #"["mamba*2"]"#, [3], "one block"),
        (.json, #"["mamba"] x"#, [11], "unexpected text"), (.json, #"["mamba"#, [2], "quotation marks"),
        (.json, "[[]]", [2], "the stage is empty"), (.json, "", [1], "begins with `[`"),
        (.attentionIndices, "depths=[1,4] attention=[[],[0]] conv=[0] conv=[0]", [42], "given twice"),
        (.attentionIndices, "depths=[4] attention=[[3]]", [24], "cannot have attention"),
        (.attentionIndices, "depths=[4,0] conv=[] attention=[[4],[]]", [11], "from 1 to 1000"),
        (.attentionIndices, "depths=[4,4] conv=[] attention=[[4],[1,1]]", [34, 40], " "),
        (.attentionIndices, "depths=[4,4] conv=[] attention=[[1]]", [32], "2 lists"),
        (.attentionIndices, "depth=[4,4]", [1], "did you mean `depths`?"), (.attentionIndices, "", [1], "missing"),
    ])
    func dialects(_ dialect: Dialect, _ text: String, _ columns: [Int], _ part: String) {
        let found = problems(text, dialect: dialect)
        let rendered = found.map { $0.rendered() }.joined(separator: "\n")
        #expect(found.map { $0.place?.column } == columns, "\(rendered)")
        #expect(found.allSatisfy { ($0.message + ($0.remedy ?? "")).contains(part) }, "\(rendered)")
    }

    @Test func templates() throws {
        for (text, values, column, part) in [
            ("C | M{d} with A at last({k})", ["d": "8", "k": "9"], 25, "depth 8 (with d = 8, k = 9)"),
            ("C | {mixer}8", ["mixer": "X"], 5, "unknown mixer `X` (with mixer = X)"),
            ("C | {stage} | {stage}", ["stage": "M8 with A at lst(2)"], 5, "unknown placement `lst`"),
            ("M{k}", ["j": "1"], 2, "the axis `k` has no values"),
            ("M40 with A at choose(10)", [:], 1, "more than 100000 layouts"),
            ("M60 with A at any | M60 with A at any", [:], 1, "more than 33333 layouts"),
            ("M1000 with A at any", [:], 1, "more than 4000 layouts"),
            ("M4 with I at last(3) with A at choose(2)", [:], 32, "2 blocks cannot be chosen among 1 free positions"),
        ] as [(String, [String: String], Int, String)] {
            let template = try? testParser.template(text)
            let error = #expect(throws: Diagnostics.self) {
                _ = try (try template ?? testParser.template(text)).expand(axisValues: values)
            }
            #expect(error?.all[0].place?.column == column, "\(error?.rendered() ?? "")")
            #expect(error?.all[0].message.contains(part) == true, "\(error?.rendered() ?? "")")
        }
        for (text, column) in [("M{k", 2), ("M{k} {1}", 6), ("X | M{", 6), ("M8 with A at last(9)", 19)] {
            let error = #expect(throws: Diagnostics.self) { try testParser.template(text) }
            #expect(error?.all.map(\.place?.column) == [column])
        }
    }
}
