import Foundation
import Testing

/// Names from an experiment file are data: they reach no path, no shell, no markup and no terminal unescaped.
@Suite struct HostileNameTests {
    private static let names = [
        "../../../../tmp/ablate-escaped", "/etc/ablate", "..", "-rf", "<script>alert(1)</script>",
        "a & b % c_d #1 {x} ~ ^ $y$",
        "quote \" and ' ; DROP TABLE trial; --", "$(touch pwned)", "`touch pwned`", "🦊 שלום",
    ]

    private static let text: String = {
        let rows = names.enumerated().map { index, name in
            let quoted = "'" + name.replacing("'", with: "''") + "'"
            return "  \(quoted): M A\(index + 1)"
        }
        return """
            name: '.. escaped <b>'
            question: "Is \\e[31mthis\\e[0m <i>data</i>?"
            reference: '\(names[0])'
            dataset: {name: recall-grid, train: 16, validation: 8, test: 8, pairs: [2], test-pairs: [2], size: 32}
            backbone: {width: 16, stem: {channels: 8, strides: [2, 2]}, head-width: 8}
            layouts:
            \(rows.joined(separator: "\n"))
            train: {epochs: 1, batch: 16}
            seeds: 1

            """
    }()

    @Test func namesAreDataEverywhere() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text, to: "names.yaml")
        let run = try sandbox.ablate("run", "names.yaml", "--weights", "weights", "--database", "inner/db.sqlite")
        #expect(run.status == 0, "\(run.error)")
        try expectNothingOutside(sandbox)
        let weights = sandbox.contents.filter { $0.hasPrefix("weights/") }
        #expect(weights.count == Self.names.count)
        #expect(
            weights.allSatisfy {
                $0.dropFirst(8).allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
                    && !$0.hasPrefix("weights/.") && !$0.hasPrefix("weights/-")
            })
        let summary = { (format: String) in
            try sandbox.ablate("summary", ".. escaped <b>", "--format", format, "--database", "inner/db.sqlite").output
        }
        #expect(!run.output.contains("\u{1B}") && !run.error.contains("\u{1B}"), "no control characters from the file")
        let latex = try summary("latex")
        #expect(latex.contains("\\textless{}script\\textgreater{}") && latex.contains("a \\& b \\% c\\_d \\#1 \\{x\\}"))
        let markdown = try summary("markdown")
        #expect(markdown.contains("&lt;script&gt;") && !markdown.contains("<script>"))
        let json = try #require(try JSONSerialization.jsonObject(with: Data(summary("json").utf8)) as? [String: Any])
        #expect("\(json)".contains("DROP TABLE trial; --"))
        #expect(try sandbox.count("SELECT count(*) FROM trial", "inner/db.sqlite") == Self.names.count)
    }

    @Test func aNameThatWouldSteerATerminalIsRefused() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text.replacing("'\(Self.names[2])'", with: "\"red \\e[31m\""), to: "names.yaml")
        let ending = try sandbox.ablate("check", "names.yaml")
        #expect(ending.status == 2 && ending.error.contains("holds a control character"), "\(ending.error)")
        #expect(!ending.error.contains("\u{1B}"))
    }

    @Test func namesOnTheCommandLineAreDataToo() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text, to: "names.yaml")
        try sandbox.ablate("run", "names.yaml", "-q", "--database", "inner/db.sqlite").isFine()
        for name in Self.names {
            let removed = try sandbox.ablate(
                "remove", "--experiment", ".. escaped <b>", "--row=\(name)", "--database", "inner/db.sqlite")
            #expect(removed.status == 0 && removed.error.contains("1 trial removed"), "\(name): \(removed.error)")
        }
        try sandbox.ablate("gc", "--apply", "--database", "inner/db.sqlite").isFine()
        try sandbox.ablate("doctor", "--database", "inner/db.sqlite").isFine()
        try expectNothingOutside(sandbox)
    }

    private func expectNothingOutside(_ sandbox: Sandbox) throws {
        let above = sandbox.folder.deletingLastPathComponent()
        for path in ["/tmp/ablate-escaped", "/etc/ablate", above.appendingPathComponent("escaped <b>").path] {
            #expect(!FileManager.default.fileExists(atPath: path), "\(path)")
        }
        let own = sandbox.contents.filter { !$0.hasPrefix("inner") && !$0.hasPrefix("weights") }
        #expect(own == ["names.yaml"], "\(own)")
    }
}
