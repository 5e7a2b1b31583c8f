import Foundation
import Testing

/// The documents' snippets run as they stand, and their links lead somewhere.
@Suite struct SnippetTests {
    static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// In this order, each in the folder that those before have left: the tutorial runs the experiment that others use.
    private static let pages = [
        "docs/tutorial.md", "docs/weights.md", "docs/how-to/layouts.md", "docs/how-to/results.md",
        "docs/how-to/mixer.md",
        "docs/how-to/cluster.md", "docs/reference/exit-codes.md",
        "docs/explanation/statistics.md", "docs/how-to/data.md",
    ]

    /// Trains a moment instead of minutes.
    private static let prelude = """
        set -e
        ablate() {
          if [ "$1" != new ]; then for file in *.yaml; do
            [ ! -e "$file" ] || sed -i -E 's/train: [0-9]+, validation: [0-9]+, test: [0-9]+/train: 64, validation: 8, test: 8/' "$file"
          done; fi
          "$ABLATE" "$@"
        }

        """

    private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: project.appendingPathComponent(path)), as: UTF8.self)
    }

    /// The blocks of a page with what stands behind their fence. `needs=pip` ones are run by `Tests/Interchange/check`.
    private static func blocks(_ page: String) throws -> [(language: String, text: String)] {
        try text(page).matches(of: #/(?ms)^```([^\n]*)\n(.*?)^```/#).map { (String($0.1), String($0.2)) }
    }

    @Test func everySnippetRuns() throws {
        let sandbox = try Sandbox()
        for page in Self.pages {
            let blocks = try Self.blocks(page)
            #expect(blocks.contains { $0.language == "sh" }, "\(page) shows nothing to do")
            for (place, (language, text)) in blocks.enumerated() {
                switch language {
                case "sh" where place + 1 < blocks.count && blocks[place + 1].language == "text":
                    try expect(blocks[place + 1].text, of: text, in: sandbox)
                case "sh":
                    let ending = try sandbox.shell(Self.prelude + text)
                    #expect(ending.status == 0, "\(page)\n\(text)\n\(ending.output)\n\(ending.error)")
                case "python":
                    guard let python = Self.python else { return }
                    try sandbox.write(text, to: "snippet.py")
                    let ending = try sandbox.start(["snippet.py"], program: URL(fileURLWithPath: python)).end()
                    #expect(ending.status == 0, "\(page)\n\(ending.error)")
                default: break
                }
            }
        }
        #expect(try sandbox.count("SELECT count(*) FROM v_trials WHERE experiment = 'first' AND state = 'done'") == 9)
    }

    /// Runs a snippet in a terminal of 80 columns, and compares what it prints with what the page shows: all words, in
    /// their order; numbers depend on the training. A line with an ellipsis stands for any number of lines.
    private func expect(_ shown: String, of snippet: String, in sandbox: Sandbox) throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
        try sandbox.write(Self.prelude + snippet, to: ".snippet.sh")
        // `script` has no window of a certain size; then 80 columns count.
        let ending = try sandbox.shell("NO_COLOR=1 script -qec 'bash .snippet.sh 2>.snippet.err' /dev/null")
        let talk = try sandbox.read(".snippet.err")
        #expect(ending.status == 0, "\(snippet)\n\(ending.output)\n\(talk)")
        // A note on a busy machine comes and goes.
        let busy = #/Networks\s+of\s+one\s+size[\s\S]*?measures\s+alone\./#
        let printed = Self.words(ending.output.replacing(busy, with: ""))
        var rest = printed[...]
        for part in shown.split(separator: "\n…\n") {
            let words = Self.words(String(part))
            let start = rest.indices.first { rest[$0...].starts(with: words) }
            #expect(start != nil, "\(snippet)\nshows\n\(part)\nbut prints\n\(ending.output)\n\(words)\n\(printed)")
            rest = rest[(start ?? rest.startIndex)...].dropFirst(words.count)
        }
        if !shown.contains("…\n") { #expect(rest.isEmpty, "\(snippet) prints more: \(rest)") }
    }

    /// Words without numbers, units and signs.
    private static func words(_ text: String) -> [String] {
        // Whether there is room for these columns depends on the numbers beside them.
        let fitting: Set = ["params", "MACs"]
        let units = fitting.union(["s", "min", "h", "k", "M", "G", "B", "kB", "MB", "GB"])
        return text.replacing(#/Not shown at this width:[^.]*\./#, with: "").split(whereSeparator: \.isWhitespace).map(
            String.init
        ).filter { word in
            word.contains(where: \.isLetter) && !word.contains(where: \.isNumber) && !units.contains(word)
        }
    }

    @Test func theMixerOfThePageIsTheProgrammes() throws {
        let block = try #require(try Self.blocks("docs/how-to/mixer.md").first { $0.language == "swift" })
        #expect(try block.text == Self.text("Sources/Networks/Mixers/NoScanMixer.swift"))
    }

    @Test func everyLinkLeadsSomewhere() throws {
        let folder = Self.project.appendingPathComponent("docs")
        let pages = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
        for page in ["README.md"] + pages.filter({ $0.hasSuffix(".md") }).map({ "docs/" + $0 }) {
            for link in try Self.text(page).matches(of: #/\]\(([^)#:]+)(#[^)]*)?\)/#).map(\.1) {
                let target = Self.project.appendingPathComponent(page).deletingLastPathComponent()
                    .appendingPathComponent(String(link))
                #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(link)")
            }
        }
    }
}
