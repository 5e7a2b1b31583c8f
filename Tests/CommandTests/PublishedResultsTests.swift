import Foundation
import Testing

/// The tables that are shown are those of the published database.
@Suite struct PublishedResultsTests {
    private static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let experiments = [
        "hybrid-pattern-recall", "hybrid-pattern-recall-control", "hybrid-pattern-scene", "hybrid-pattern-fashion",
        "placement-recall", "token-mixer", "quickstart",
    ]

    /// A folder with the published database where the documents say that it is.
    private static func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox()
        let folder = sandbox.folder.appendingPathComponent("results")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try FileManager.default.copyItem(
            at: project.appendingPathComponent("results/published.sqlite"),
            to: folder.appendingPathComponent("published.sqlite"))
        return sandbox
    }

    private static func words(_ line: String) -> [String] {
        line.split { $0 == " " }.map(String.init).filter { $0 != "▸" }
    }

    /// Whether the words stand in the line in this order, perhaps with others between.
    private static func holds(_ line: [String], _ words: [String]) -> Bool {
        var rest = words[...]
        for word in line where word == rest.first { rest = rest.dropFirst() }
        return rest.isEmpty
    }

    @Test func everyNumberOfTheTablesIsInTheDatabase() throws {
        let sandbox = try Self.sandbox()
        let printed = try Self.experiments.flatMap { name in
            let summary = try sandbox.ablate("summary", name, "--database", "results/published.sqlite")
            #expect(summary.status == 0, "\(summary.error)")
            return summary.lines.map(Self.words)
        }
        var count = 0
        for document in ["README.md", "results/README.md"] {
            let text = try String(contentsOf: Self.project.appendingPathComponent(document), encoding: .utf8)
            for block in text.matches(of: #/(?ms)^```\n(row .*?)^```/#) {
                for line in block.1.split(separator: "\n") where !line.hasPrefix("─") {
                    count += 1
                    let words = Self.words(String(line))
                    #expect(printed.contains { Self.holds($0, words) }, "\(document): \(line)")
                }
            }
        }
        #expect(count > 16)
    }

    @Test func everyCommandOfTheResultsPageWorks() throws {
        let sandbox = try Self.sandbox()
        let page = try String(contentsOf: Self.project.appendingPathComponent("results/README.md"), encoding: .utf8)
        let lines = page.matches(of: #/(?ms)^```sh\n(.*?)^```/#).flatMap { $0.1.split(separator: "\n") }
        let commands = lines.map(String.init).filter { $0.hasPrefix("ablate ") && !$0.hasPrefix("ablate verify ") }
        #expect(commands.count > Self.experiments.count)
        for command in commands {
            let ending = try sandbox.shell(command.replacing("ablate ", with: "\"$ABLATE\" ", maxReplacements: 1))
            #expect(ending.status == 0, "\(command)\n\(ending.error)")
        }
    }
}
