import Experiments
import Testing

@Suite struct NotationDiagnosticTests {
    private func rendered(_ text: String) -> String {
        Diagnostics(problems(text)).rendered()
    }

    @Test func caretsUnderWords() {
        #expect(
            rendered("C | X4 | mamab*4 attention*4 | M8 with A at lst(1/2)") == """
                layout:1:5: error: unknown mixer `X`
                    C | X4 | mamab*4 attention*4 | M8 with A at lst(1/2)
                        ^
                    help: the mixers are C (conv), M (mamba), A (attention), I (identity), mamba-no-scan
                layout:1:10: error: unknown mixer `mamab`
                    C | X4 | mamab*4 attention*4 | M8 with A at lst(1/2)
                             ^~~~~
                    help: did you mean `mamba`?
                layout:1:45: error: unknown placement `lst`
                    C | X4 | mamab*4 attention*4 | M8 with A at lst(1/2)
                                                                ^~~
                    help: did you mean `last`?
                """)
    }

    @Test func caretOnTheRightLine() {
        #expect(
            rendered("C |\n\tC3 |\n\tM[state=0]") == """
                layout:3:10: error: option `state` cannot be `0`
                        M[state=0]
                                ^
                    help: write a whole number from 1 to 256
                """)
        #expect(
            rendered("M8 with A at last(9)") == """
                layout:1:19: error: 9 blocks do not fit a stage of depth 8
                    M8 with A at last(9)
                                      ^
                    help: write a number up to 8
                """)
        #expect(
            rendered("M4 |") == """
                layout:1:5: error: the stage is empty
                    M4 |
                        ^
                    help: write at least one block, for example `C`
                """)
    }

    @Test func caretUnderWideAndInvisibleCharacters() {
        #expect(
            rendered("層 e\u{301} \u{202E} X") == """
                layout:1:1: error: unexpected character `層`
                    層 e\u{301} \\u{202E} X
                    ^~
                    help: a layout holds words, numbers and the signs | ( ) [ ] , : = * /
                layout:1:3: error: unexpected character `e\u{301}`
                    層 e\u{301} \\u{202E} X
                       ^
                    help: a layout holds words, numbers and the signs | ( ) [ ] , : = * /
                layout:1:5: error: unexpected character U+202E
                    層 e\u{301} \\u{202E} X
                         ^~~~~~~~
                    help: a layout holds words, numbers and the signs | ( ) [ ] , : = * /
                layout:1:7: error: unknown mixer `X`
                    層 e\u{301} \\u{202E} X
                                  ^
                    help: the mixers are C (conv), M (mamba), A (attention), I (identity), mamba-no-scan
                """)
    }

    @Test func longLinesAreCutAroundTheCaret() {
        let line = String(repeating: "a", count: 5_000_000) + "!" + String(repeating: "b", count: 5_000_000)
        let place = Diagnostic.Place(file: "x", line: 1, column: 5_000_001, excerpt: line, length: 300)
        let lines = Diagnostic("too long", at: place).rendered().split(separator: "\n")
        #expect(lines[1] == "    …" + String(repeating: "a", count: 60) + "!" + String(repeating: "b", count: 59) + "…")
        #expect(lines[2] == String(repeating: " ", count: 65) + "^" + String(repeating: "~", count: 59))
    }

    @Test func hostileTextCannotWriteToTheTerminal() {
        let combining = "M" + String(repeating: "\u{301}", count: 50_000)
        for text in [
            "\u{1B}[31m\u{07}", "\u{9B}31m", "M\r\u{0}X", combining, "\u{2028}X \u{E000}\u{FFFF}", "\u{301}\u{200B}",
        ] {
            let output =
                rendered(text) + Diagnostic(text, at: .init(file: text, line: 1, column: 1), remedy: text).rendered()
            let isPlain = output.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control || $0 == "\n"
            }
            #expect(isPlain && output.utf8.count < 4000, "\(output.debugDescription)")
            #expect(!output.unicodeScalars.contains { [0x2028, 0x200B, 0xE000].contains($0.value) })
        }
    }

    @Test func coloursAndWarnings() {
        let warning = Diagnostic(.warning, "rows `a` and `b` are the same layout", remedy: "remove one")
        #expect(
            warning.rendered() == "warning: rows `a` and `b` are the same layout\n    help: remove one")
        #expect(
            warning.rendered(colour: true)
                == "\u{1B}[1;33mwarning:\u{1B}[0m \u{1B}[1mrows `a` and `b` are the same layout\u{1B}[0m\n"
                + "    \u{1B}[1mhelp:\u{1B}[0m remove one")
    }

    @Test(arguments: [
        (["layouts:", "  a: C | C | X4"], 2, 6, "C | C | X4", 2, 14),
        (["layouts:", "  a: 'C | C | X4'"], 2, 6, "C | C | X4", 2, 15),
        (["  a: \"C | C | X4\""], 1, 6, "C | C | X4", 1, 15),
        (["  a: C |", "     C |", "     X4", "  b: X"], 1, 6, "C | C | X4", 3, 6),
        (["  a: |", "    C |", "    M4 |", "    X4", "  b: X"], 1, 6, "C |\nM4 |\nX4\n", 4, 5),
        (["  a: >-  # folded", "    C | M4 |", "    X4"], 1, 6, "C | M4 | X4", 3, 5),
        (["a: [C | C | X4, M]"], 1, 5, "C | C | X4", 1, 13),
    ])
    func placesInsideAFile(
        _ lines: [String], _ line: Int, _ column: Int, _ text: String, _ errorLine: Int, _ errorColumn: Int
    ) {
        let origin = TextOrigin(file: "experiment.yaml", line: line, column: column, fileLines: lines)
        let error = #expect(throws: Diagnostics.self) { try testParser.layout(text, at: origin) }
        let place = Diagnostic.Place(
            file: "experiment.yaml", line: errorLine, column: errorColumn, excerpt: lines[errorLine - 1], length: 1)
        #expect(error?.all.map(\.place) == [place])
    }

    @Test func endOfATextInsideAFile() {
        let origin = TextOrigin(file: "f", line: 1, column: 4, fileLines: ["a: C |", "b: M"])
        let error = #expect(throws: Diagnostics.self) { try testParser.layout("C |", at: origin) }
        #expect(error?.all.map(\.place?.line) == [1])
        #expect(error?.all.map(\.place?.column) == [7])
    }

    @Test func nearestWords() {
        let words = ["conv", "mamba", "attention", "identity"]
        let near = ["mmaba", "Mamba", "conf", "atention", "identiy", "transformer", "a", "xyz", ""].map {
            nearestWord(to: $0, in: words)
        }
        #expect(near == ["mamba", "mamba", "conv", "attention", "identity", nil, nil, nil, nil])
    }
}
