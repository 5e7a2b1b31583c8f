/// The reference of an experiment file's keys in Markdown, made from the same definitions as the reader.
public enum FileReference {
    /// The tables of keys, section by section.
    public static var text: String {
        let sections: [(title: String, keys: [KeyDefinition])] = [
            ("The file", FileKeys.root), ("`dataset`", FileKeys.dataset), ("`backbone`", FileKeys.backbone),
            ("`train`", FileKeys.train), ("An entry of `layouts` with settings of its own", FileKeys.row),
            ("`sweep`", FileKeys.sweep),
        ]
        return sections.map { table($0.title, $0.keys) }.joined(separator: "\n")
    }

    private static func table(_ title: String, _ keys: [KeyDefinition]) -> String {
        let head = """
            ## \(title)

            | key | value | default | meaning | identity |
            |---|---|---|---|---|

            """
        return head + keys.map { rows($0, prefix: "") }.joined()
    }

    private static func rows(_ key: KeyDefinition, prefix: String) -> String {
        let name = prefix + key.name
        if case .section(let inner) = key.shape, key.name == "stem" {
            return inner.map { rows($0, prefix: name + ".") }.joined()
        }
        let standard = key.isRequired ? "required" : key.defaultText ?? "see below"
        let cells = ["`\(name)`", value(key), standard, key.summary, key.isIdentity ? "yes" : "no"]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }

    private static func value(_ key: KeyDefinition) -> String {
        if case .section = key.shape { return "a section" }
        guard case .choice(let words) = key.shape else { return key.shape.description }
        return words.map { "`\($0.word)` (\($0.summary))" }.joined(separator: ", ")
    }
}
