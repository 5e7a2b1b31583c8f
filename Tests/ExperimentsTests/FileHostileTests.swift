import Experiments
import Foundation
import Testing

@Suite("Experiment file: hostile input", .timeLimit(.minutes(1)))
struct FileHostileTests {
    private func first(_ bytes: [UInt8]) throws -> (Diagnostic, Diagnostic.Place) {
        let outcome = FileOutcome(bytes: bytes)
        #expect(outcome.experiment == nil)
        let error = try #require(outcome.errors.first)
        #expect(error.remedy?.isEmpty == false)
        return (error, try #require(error.place))
    }

    @Test("A line of ten megabytes is refused where the limit is passed")
    func longLine() throws {
        let bytes = Array("name: x\nquestion: ".utf8) + [UInt8](repeating: 0x61, count: 10_000_000)
        let (error, place) = try first(bytes)
        #expect(error.message.contains("longer than 1000000 bytes"))
        #expect(place == Diagnostic.Place(file: "test.yaml", line: 2, column: 1_000_000 - 8 + 1))
    }

    @Test("A line just below the limit is read, and its excerpt is not shown")
    func nearlyTooLong() throws {
        let long = String(repeating: "a", count: 990_000)
        let (error, place) = try first(Array(minimal("train: {\(long): 1}").utf8))
        #expect(error.message.count < 200)
        #expect(place.excerpt == nil)
        let layout = try first(Array("name: x\nlayouts: {a: \(String(repeating: "M", count: 100_000))}".utf8))
        #expect(layout.0.message.contains("100000 bytes"))
        #expect(layout.1.excerpt == nil || layout.1.excerpt?.count ?? 0 < 600)
    }

    @Test("Bytes that are no UTF-8 are refused at the first of them")
    func notUTF8() throws {
        let (error, place) = try first(Array("name: \u{E9}t\u{E9}\nquestion: ".utf8) + [0x61, 0xFF, 0x62])
        #expect(error.message.contains("UTF-8"))
        #expect(place.line == 2 && place.column == 12)
        #expect(try first([0xFF, 0xFE, 0x6E, 0x00]).0.message.contains("UTF-8"))
        #expect(try first([0x61, 0xE2, 0x82]).0.message.contains("UTF-8"))
    }

    @Test("Aliases that multiply are refused, wherever they stand", arguments: ["x: *j", "? *j\n: 1", "layouts: *j"])
    func billionLaughs(_ use: String) throws {
        var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for (before, name) in zip("abcdefghi", "bcdefghij") {
            text += "\(name): &\(name) [*\(before), *\(before), *\(before), *\(before), *\(before), *\(before)]\n"
        }
        let (error, _) = try first(Array((text + use + "\n").utf8))
        #expect(error.message.contains("aliases"))
    }

    @Test("A few aliases are followed")
    func aliases() {
        let outcome = FileOutcome(
            "name: x\nlayouts:\n  a: {layout: M, train: &t {lr: 2e-3}}\n  b: {layout: A, train: *t}\n")
        #expect(outcome.experiment?.rows.map(\.train.learningRate) == [2e-3, 2e-3])
    }

    @Test("Deep nesting is an error, not a crash", arguments: ["[", "{", "- ", "? ", "{a: ", "&a [", "!t ["])
    func deep(_ opening: String) throws {
        for depth in [100, 10_000, 200_000] {
            let text = "name: " + (opening == "- " ? "\n" : "") + String(repeating: opening, count: depth)
            _ = try first(Array(text.utf8))
        }
    }

    @Test("Many errors are listed up to a limit, the rest counted")
    func manyErrors() throws {
        let keys = (0..<5000).map { "k\($0): 1" }.joined(separator: "\n")
        let outcome = FileOutcome(minimal(keys))
        #expect(outcome.errors.count == 101)
        #expect(outcome.errors.last?.message.contains("4900 more") == true)
        let duplicates = FileOutcome("name: x\n" + String(repeating: "name: x\n", count: 500))
        #expect(duplicates.errors.count == 20)
    }

    @Test("All duplicate keys are reported together with other errors")
    func duplicates() {
        let outcome = FileOutcome(
            "name: x\nlayouts: {a: C, 'a': M}\ntrain:\n  lr: 0\n  lr: 1\n  epochs: 1\n  lr: 2\nname: y\n")
        #expect(
            outcome.errors.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0)" }
                == ["2:18", "4:7", "5:3", "7:3", "8:1"], "\(outcome.errors)")
    }

    @Test("Damaged files are errors or experiments, never crashes or hangs")
    func damaged() {
        let whole = Array(
            """
            name: test
            dataset: {name: recall-grid, pairs: [2, 4]}
            backbone: {heads: [1, 2], stem: {strides: [2, 1]}}
            layouts:
              a: C | M4 with A at last({k})
              b: {layout: "C | (A M)2", train: {lr: 1e-3, betas: [0.9, 0.99]}}
            seeds: [1, 2]
            claims: [a > b]
            sweep: {axes: {k: [1, 1/2], train.epochs: [1, 2]}, pair: [[k, train.epochs]], exclude: [{k: 1, layout: a}]}
            published: {source: x, b: 3}
            """.utf8)
        var generator = FixedGenerator(state: 7)
        let pieces = [
            "*a", "&a", "? ", "- ", "{", "}", "[", "]", ": ", "\n", "\"", "'", "|", ">", "!", "\t", "0", "#",
            "\u{E000}",
        ]
        for round in 0..<3000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch round % 3 {
                case 0: bytes[place] = UInt8.random(in: 9...126, using: &generator)
                case 1: bytes.insert(contentsOf: pieces.randomElement(using: &generator)?.utf8 ?? "".utf8, at: place)
                default:
                    bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &generator)))
                }
            }
            let outcome = FileOutcome(bytes: bytes)
            #expect((outcome.experiment == nil) == !outcome.errors.isEmpty)
            #expect(outcome.errors.allSatisfy { $0.place != nil })
        }
    }

    @Test("What is no readable file is an error with its path")
    func files() throws {
        func message(_ path: String) -> String {
            do {
                _ = try ExperimentFile.load(path: path, vocabulary: fileVocabulary)
                return ""
            } catch {
                return error.all.map { "\($0.message): \($0.remedy ?? "") \($0.place?.file ?? "")" }.joined()
            }
        }
        let folder = FileManager.default.temporaryDirectory.path
        #expect(message("/nowhere/x.yaml").contains("there is no file '/nowhere/x.yaml'"))
        #expect(message(folder).contains("is a folder"))
        #expect(message("/dev/zero").contains("longer than"))
        #expect(message("/dev/null").contains("the file is empty"))
        #expect(message("").contains("there is no file ''"))
        let link = folder + "/loop-\(UUID().uuidString).yaml"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: link)
        defer { try? FileManager.default.removeItem(atPath: link) }
        #expect(message(link).contains(link))
    }
}
