import Foundation
import Testing

/// What the documents show is what the program does.
@Suite struct DocumentationTests {
    /// A file of the project.
    private static func project(_ path: String) -> URL {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent(path)
    }

    private static func document(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: project(path)), as: UTF8.self)
    }

    /// The commands of a document's `sh` blocks, without those that build the program.
    private static func commands(_ path: String) throws -> [String] {
        let blocks = try document(path).matches(of: #/(?ms)^```sh\n(.*?)^```/#).map(\.1)
        return blocks.flatMap { $0.split(separator: "\n") }.map(String.init).filter { $0.hasPrefix("ablate ") }
    }

    @Test func everyCommandOfTheReadmeWorks() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Array(Data(contentsOf: WeightsCommandTests.picture("baseline.jpg"))), to: "cat.jpg")
        let picture = try Data(contentsOf: DocumentationTests.project("Tests/ImagesTests/Files/baseline.jpg"))
        try sandbox.write(Array(picture), to: "cat.jpg")
        let commands = try DocumentationTests.commands("README.md")
        #expect(commands.count >= 8)
        for command in commands {
            let line = command.replacing("ablate ", with: "\"$ABLATE\" ", maxReplacements: 1)
            let ending = try sandbox.shell(line)
            #expect(ending.status == 0, "\(command)\n\(ending.error)")
            if command.hasPrefix("ablate new") { try shorten("mine.yaml", in: sandbox) }
        }
        #expect(try sandbox.count("SELECT count(*) FROM v_trials WHERE state = 'done'") == 9)
        let others = try DocumentationTests.commands("docs/durability.md")
        #expect(others.count >= 5)
        for command in others {
            let line = command.replacing("ablate ", with: "\"$ABLATE\" ", maxReplacements: 1)
            let ending = try sandbox.shell(line)
            #expect(ending.status == 0, "\(command)\n\(ending.error)")
        }
    }

    @Test func everyCommandOfTheReportsPageWorks() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text().replacing("name: small", with: "name: first"), to: "first.yaml")
        let commands = try DocumentationTests.commands("docs/report.md")
        #expect(commands.count == 6)
        for command in commands {
            let ending = try sandbox.shell(command.replacing("ablate ", with: "\"$ABLATE\" ", maxReplacements: 1))
            #expect(ending.status == 0, "\(command)\n\(ending.error)")
        }
        // The table names every figure that the run can have.
        let page = try DocumentationTests.document("docs/report.md")
        for file in sandbox.contents where file.hasPrefix("figures/") {
            let name = file.dropFirst("figures/".count).dropLast(".svg".count)
            #expect(page.contains("`\(name)`"), "\(name)")
        }
        #expect(sandbox.contents.contains("first.html") && sandbox.contents.contains("means.svg"))
    }

    /// The same experiment with a moment's training.
    private func shorten(_ file: String, in sandbox: Sandbox) throws {
        let text = try sandbox.read(file)
        let short = text.replacing(
            "train: 10000, validation: 500, test: 500", with: "train: 64, validation: 8, test: 8")
        try #require(short != text, "the template has other sizes now")
        try sandbox.write(short, to: file)
    }

    @Test func theNotationsOfThePageAreOneLayout() throws {
        let page = try DocumentationTests.document("docs/notation.md")
        let block = try #require(page.firstMatch(of: #/(?ms)^```\n(.*?)^```/#)).1
        let forms = block.split(separator: "\n").compactMap { $0.firstMatch(of: #/^(.*?\S) {2,}\S+$/#)?.1 }.map(
            String.init)
        #expect(forms.count >= 4)
        let sandbox = try Sandbox()
        for form in forms {
            let ending = try sandbox.ablate("describe", form, "--notation", "ablate")
            #expect(ending.output == "C | C3 | M4 A4 | M2 A2\n", "\(form)\n\(ending.error)")
        }
    }

    @Test func theReferenceOfKeysIsWhatTheProgramPrints() throws {
        let page = try DocumentationTests.document("docs/reference/experiment-file.md")
        #expect(try Sandbox().ablate("schema", "--reference").output == page)
    }

    @Test func theReferenceOfTablesIsWhatTheProgramPrints() throws {
        let page = try DocumentationTests.document("docs/reference/database.md")
        #expect(try Sandbox().ablate("schema", "--tables").output == page, "ablate schema --tables prints the page")
    }

    @Test func theReferenceOfCommandsIsWhatTheProgramPrints() throws {
        let page = try DocumentationTests.document("docs/reference/commands.md")
        #expect(try Sandbox().ablate("manual", "--markdown").output == page, "ablate manual --markdown prints the page")
        let links = try DocumentationTests.document("docs/README.md")
        #expect(links.contains("(reference/commands.md)"))
    }

    @Test(arguments: [
        "quickstart", "fashion-mnist", "hybrid-pattern-fashion", "token-mixer", "window-size", "scan-direction",
        "placement-landscape", "placement-recall", "hybrid-pattern-recall", "hybrid-pattern-recall-control",
        "hybrid-pattern-scene", "hybrid-pattern-scene-control", "hybrid-pattern-mirror",
        "hybrid-pattern-mirror-control",
    ])
    func everyExperimentIsGood(_ name: String) throws {
        let sandbox = try Sandbox()
        let text = try DocumentationTests.document("experiments/\(name).yaml")
        try sandbox.write(text, to: "\(name).yaml")
        let ending = try sandbox.ablate("check", "\(name).yaml")
        #expect(ending.status == 0 && ending.error.isEmpty, "\(ending.error)")
        #expect(text.contains("\nname: \(name)\n"))
        #expect(text.contains("# Expected time: "))
    }
}
