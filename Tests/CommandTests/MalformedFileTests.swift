import Foundation
import Testing

/// Whatever is wrong with a file, a person is told where and what to do, and nothing is left behind.
@Suite struct MalformedFileTests {
    @Test func theFileBehindTheTableIsGood() throws {
        let sandbox = try Sandbox()
        try sandbox.write(MalformedFile.goodText, to: "good.yaml")
        let ending = try sandbox.ablate("check", "good.yaml")
        #expect(ending.status == 0 && ending.output.hasPrefix("ok: 2 rows, 4 trials\n"), "\(ending.error)")
        #expect(MalformedFile.all.count >= 40)
    }

    @Test(arguments: MalformedFile.all)
    func placeAndRemedy(_ file: MalformedFile) throws {
        let sandbox = try Sandbox()
        try sandbox.write(file.bytes, to: "wrong.yaml")
        let ending = try sandbox.ablate("check", "wrong.yaml")
        #expect(ending.status == 2)
        #expect(ending.output.isEmpty)
        let place = #/wrong\.yaml:(\d+):(\d+): error: /#
        let first = try #require(ending.error.firstMatch(of: place), "\(ending.error)")
        if let line = file.line {
            let lines = ending.error.matches(of: place).compactMap { Int($0.1) }
            #expect(lines.contains(line), "\(first.0) in:\n\(ending.error)")
        }
        #expect(ending.error.contains("help: "), "\(ending.error)")
        #expect(file.says.isEmpty || ending.error.contains(file.says), "\(ending.error)")
        #expect(!ending.error.contains("Fatal error") && !ending.error.contains("0x"))
        #expect(ending.error.utf8.count < 20_000, "a message is no copy of the file")
        #expect(sandbox.contents == ["wrong.yaml"])
    }

    @Test func runRefusesThemTooAndMakesNoDatabase() throws {
        for file in MalformedFile.all.filter({
            ["bad mixer", "empty file", "heads that do not divide"].contains($0.name)
        }) {
            let sandbox = try Sandbox()
            try sandbox.write(file.bytes, to: "wrong.yaml")
            #expect(try sandbox.ablate("run", "wrong.yaml").status == 2)
            #expect(sandbox.contents == ["wrong.yaml"])
        }
    }

    @Test func everythingIsToldAtOnce() throws {
        let sandbox = try Sandbox()
        let text = MalformedFile.goodText
            .replacingOccurrences(of: "last: M A", with: "last: M X")
            .replacingOccurrences(of: "epochs: 2", with: "epochs: two")
            .replacingOccurrences(of: "seeds: 2", with: "seeds: -2")
        try sandbox.write(text, to: "wrong.yaml")
        let ending = try sandbox.ablate("check", "wrong.yaml")
        #expect(ending.error.matches(of: #/wrong\.yaml:\d+:\d+: error: /#).count == 3, "\(ending.error)")
    }
}
