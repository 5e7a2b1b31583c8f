import Experiments
import Randomness
import Testing

@Suite struct NotationFuzzTests {
    private static let seeds = [
        "conv | conv*3 | mamba*4 attention*4 | mamba*2 attention*2", "C | C3 | M4 A4 | M2 A2", "C|CCC|MMMMSSSS|MMSS",
        "C | C3 | M8 with A at last(1/2) | (M2 A[heads=8 window=7])2 with I at positions(0, 2, 5)",
        "M[state=16 scan=off]*4 with A at random(4, seed: 1) with C at every(3, from: 2) | mamba-no-scan*2",
        "M8 with A at choose(2) | {mixer}4 with A at {place}({k}) | ((A M)2 C)3", "C|CCC|M-M-*-*-",
        #"[["conv"],["mamba[state=16]","attention"]]"#, "depths=[1,3,8,4] conv=[0,1] attention=[[],[],[4,5,6,7],[2,3]]",
    ]
    private static let splices: [Character] = Array("|()[]{},:=*/-+.0129eMACSIX \n\t\"'é層\u{301}\u{0}\u{1B}\u{202E}😀")

    private func mutant(_ generator: inout RandomGenerator) -> String {
        var text = Array(NotationFuzzTests.seeds[generator.index(below: NotationFuzzTests.seeds.count)])
        for _ in 0...generator.index(below: 6) {
            let position = generator.index(below: text.count + 1)
            switch generator.index(below: 5) {
            case 0 where position < text.count:
                text.remove(at: position)
            case 1:
                text.insert(contentsOf: text[position...].prefix(generator.index(below: 12)), at: position)
            case 2:
                text.removeSubrange(position..<min(text.count, position + generator.index(below: 12)))
            default:
                text.insert(
                    NotationFuzzTests.splices[generator.index(below: NotationFuzzTests.splices.count)], at: position)
            }
        }
        return String(text)
    }

    /// Whatever the text, it is a layout that prints and reads back, or there are errors with places inside the text.
    @Test func mutatedTexts() throws {
        var generator = RandomKey(seed: 5)["fuzz"].generator
        var accepted = 0
        for _ in 0..<600 {
            let text = mutant(&generator)
            let dialect = Dialect.allCases[generator.index(below: Dialect.allCases.count)]
            do {
                let layout = try testParser.layout(text, dialect: dialect)
                #expect(try testParser.layout(layout.canonical(testVocabulary)) == layout)
                accepted += 1
            } catch {
                let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                #expect(error.rendered().contains("error: "))
                let isInside = error.all.allSatisfy { diagnostic in
                    guard let place = diagnostic.place, place.line <= lines.count else { return false }
                    let line = lines[place.line - 1]
                    return place.column <= line.count + 1 && place.excerpt == String(line)
                }
                #expect(isInside, "\(text.debugDescription)")
            }
        }
        #expect(accepted > 10)
    }

    @Test func mutatedTemplates() throws {
        var generator = RandomKey(seed: 6)["fuzz"].generator
        for _ in 0..<300 {
            let text = mutant(&generator)
            do {
                let values = ["mixer": "M", "place": "last", "k": "1/2"]
                let layouts = try testParser.template(text).expand(axisValues: values)
                #expect(layouts.count <= LayoutLimits.expansions)
            } catch {
                #expect(error.all.allSatisfy { $0.place != nil })
            }
        }
    }

    @Test func bytesThatAreNoText() {
        var generator = RandomKey(seed: 7)["fuzz"].generator
        for _ in 0..<40 {
            let bytes = (0..<200).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            let text = String(decoding: bytes, as: UTF8.self)
            for dialect in Dialect.allCases {
                #expect(!problems(text, dialect: dialect).isEmpty)
            }
        }
    }

    /// Texts made to be slow: each must end at once, however it is nested, repeated or expanded.
    private static let hostile = [
        String(repeating: "(M", count: 1_200),
        String(repeating: "(", count: 31) + "M" + String(repeating: ")999", count: 31),
        String(repeating: "M[", count: 1_200), "M" + String(repeating: "[state=1]", count: 1000),
        "M1000 with A at positions(" + String(repeating: "1,", count: 1_200) + "1)",
        String(repeating: "{k}", count: 1_200),
        "M" + String(repeating: " with A at choose(1)", count: 500),
        String(repeating: "M with A at any|", count: 64),
        "M1000" + String(repeating: " with A at all", count: 500), String(repeating: "9", count: 3_000),
        String(repeating: "[", count: 3_000), String(repeating: "a-", count: 2_000),
        "M\(String(repeating: "\u{301}", count: 2_000))",
    ]

    @Test(.timeLimit(.minutes(1)), arguments: hostile.indices)
    func hostileTexts(_ index: Int) {
        let text = NotationFuzzTests.hostile[index]
        for dialect in Dialect.allCases {
            #expect(!problems(text, dialect: dialect).isEmpty)
        }
        do {
            _ = try testParser.template(text).expand(axisValues: ["k": text])
            Issue.record("expanded")
        } catch {
            #expect(!error.all.isEmpty)
        }
    }
}
