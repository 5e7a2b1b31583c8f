import Experiments
import Foundation
import Testing

@Suite("The definition of the file's keys")
struct SchemaTests {
    /// Every key with the sections that lead to it.
    private static func keys(
        of keys: [KeyDefinition] = FileKeys.root, under path: [String] = []
    ) -> [(path: [String], key: KeyDefinition)] {
        keys.flatMap { key -> [(path: [String], key: KeyDefinition)] in
            let inner =
                switch key.shape {
                case .section(let keys): Self.keys(of: keys, under: path + [key.name])
                case .table(of: .either(let shapes), named: _):
                    shapes.flatMap { shape -> [(path: [String], key: KeyDefinition)] in
                        guard case .section(let keys) = shape else { return [] }
                        return Self.keys(of: keys, under: path + [key.name, "row"])
                    }
                default: [(path: [String], key: KeyDefinition)]()
                }
            return [(path, key)] + inner
        }
    }

    @Test("Every setting is a key of the file, and every key is documented")
    func complete() {
        let all = Self.keys()
        let settings = Set(all.compactMap { $0.path.contains("row") ? nil : $0.key.setting })
        #expect(settings == Set(SettingKey.all.map(\.path)))
        #expect(settings.count >= 37)
        for (path, key) in all {
            let name = (path + [key.name]).joined(separator: ".")
            #expect(key.summary.count > 5 && !key.summary.hasSuffix("."), "\(name)")
            #expect(key.name == key.name.lowercased() && !key.name.contains("_"), "\(name)")
            if case .section = key.shape { continue }
            #expect(key.isRequired || key.defaultText != nil || key.name == "sweep", "\(name)")
        }
    }

    @Test("A misspelt key is an error wherever it stands, and the right one is suggested")
    func misspelt() throws {
        for (path, key) in Self.keys() {
            let wrong = String(key.name.dropLast()) + (key.name.hasSuffix("x") ? "q" : "x")
            let nested = (path + [wrong]).reversed().reduce("1") { "{\($1): \($0)}" }
            let lines = path.first == "layouts" ? "name: t\n" : "name: t\nlayouts: {base: \"C | M A\"}\n"
            let text = path.isEmpty ? "name: t\nlayouts: {base: C}\n\(wrong): 1" : lines + nested.dropFirst().dropLast()
            let outcome = FileOutcome(text)
            let error = try #require(
                outcome.errors.first { $0.message.contains("no key `\(wrong)`") },
                "\(path) \(wrong): \(outcome.findings)")
            let line = text.split(separator: "\n").last.map(String.init) ?? ""
            let column = try #require(line.range(of: wrong)).lowerBound
            #expect(error.place?.column == line.distance(from: line.startIndex, to: column) + 1)
            #expect(error.remedy?.isEmpty == false)
            if key.name.count > 3 { #expect(error.remedy?.contains("`\(key.name)`") == true, "\(error)") }
        }
    }

    @Test("The JSON Schema has each key with its type and default, and nothing else")
    func schema() throws {
        let data = Data(FileSchema.text.utf8)
        let root = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(root["additionalProperties"] as? Bool == false)
        #expect(root["required"] as? [String] == ["name", "layouts"])
        let properties = try #require(root["properties"] as? [String: [String: Any]])
        #expect(Set(properties.keys) == Set(FileKeys.root.map(\.name)))
        let definitions = try #require(root["$defs"] as? [String: [String: Any]])
        for setting in SettingKey.all {
            var words = setting.path.split(separator: ".").map(String.init)
            var object = try #require(definitions[words.removeFirst()])
            for word in words {
                #expect(object["additionalProperties"] as? Bool == false)
                object = try #require((object["properties"] as? [String: [String: Any]])?[word], "\(setting.path)")
            }
            #expect((object["description"] as? String)?.isEmpty == false)
            #expect(object["default"] != nil, "\(setting.path)")
        }
    }

    @Test("The reference names every key once in its section")
    func reference() {
        let text = FileReference.text
        for setting in SettingKey.all {
            let name = setting.path.split(separator: ".").dropFirst().joined(separator: ".")
            #expect(text.contains("| `\(name)` | "), "\(setting.path)")
        }
        #expect(text.contains("| `lr` | a number above 0 and up to 100 | `0.001` | The highest learning rate | yes |"))
        #expect(text.contains("| `name` | a name | required |"))
    }

    @Test("The file that `ablate new` writes is read without a warning, whatever its name")
    func template() throws {
        for name in ["my-question", "true", "a: b", "\"quoted\" \\ #x", "naïve 🐍", "-dash", "3"] {
            let outcome = FileOutcome(ExperimentTemplate.text(name: name, path: "experiments/mine.yaml"))
            #expect(outcome.findings.isEmpty, "\(name): \(outcome.findings)")
            #expect(outcome.experiment?.name == name)
            #expect(outcome.experiment?.rows.map(\.name) == ["last", "first", "none"])
        }
    }

    /// Those that need no more than the test's mixers; with the real ones, NetworksTests reads every file.
    @Test("The project's own experiments are read without a warning")
    func ownExperiments() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("experiments")
        for (name, rows) in [("quickstart", 3), ("fashion-mnist", 1)] {
            let path = folder.appendingPathComponent("\(name).yaml").path
            do {
                let (experiment, warnings) = try ExperimentFile.load(path: path, vocabulary: fileVocabulary)
                #expect(experiment.name == name)
                #expect(experiment.rows.count == rows)
                #expect(TrialPlan(experiment).entries.count == rows * experiment.seeds.count)
                #expect(warnings.filter { !$0.message.contains("twice") }.isEmpty, "\(warnings)")
            } catch {
                Issue.record("\(name): \(error.all)")
            }
        }
    }
}
