/// Reads values of the file by their shapes and collects everything that is wrong, each with its place.
struct FileReader {
    /// More findings than these are counted, not listed.
    static let listed = 100

    let source: SourceText
    private(set) var diagnostics: [Diagnostic] = []
    private var unlisted = 0

    init(_ source: SourceText, found: [Diagnostic] = []) {
        self.source = source
        diagnostics = found
    }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    mutating func error(_ message: String, at place: Diagnostic.Place?, remedy: String?) {
        add(Diagnostic(.error, message, at: place, remedy: remedy))
    }

    mutating func warning(_ message: String, at place: Diagnostic.Place?, remedy: String?) {
        add(Diagnostic(.warning, message, at: place, remedy: remedy))
    }

    /// Adds a finding unless the same is there already.
    mutating func add(_ diagnostic: Diagnostic) {
        guard diagnostics.count < FileReader.listed else {
            unlisted += 1
            return
        }
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }

    /// Everything that was found, in the order of the file.
    func sorted() -> [Diagnostic] {
        var all = diagnostics.enumerated().sorted { first, second in
            let (a, b) = (first.element.place, second.element.place)
            return (a?.line ?? .max, a?.column ?? .max, first.offset)
                < (b?.line ?? .max, b?.column ?? .max, second.offset)
        }.map(\.element)
        if unlisted > 0 {
            all.append(
                Diagnostic(
                    .error, "\(unlisted) more findings in this file are not listed", at: all.last?.place,
                    remedy: "correct those above first"))
        }
        return all
    }

    /// The entries of a section, each with its definition. Unknown keys and missing ones are reported.
    mutating func section(
        _ node: FileNode, keys: [KeyDefinition], called name: String
    ) -> [(key: KeyDefinition, value: FileNode)] {
        guard let entries = mapping(node, called: name, remedy: "write `key: value` lines under it, or `{key: value}`")
        else { return [] }
        var known: [(KeyDefinition, FileNode)] = []
        for entry in entries {
            guard let text = text(of: entry.key) else { continue }
            if let key = keys.first(where: { $0.name == text }) {
                known.append((key, entry.value))
            } else {
                reportUnknown(entry.key, text, among: keys.map(\.name), in: name)
            }
        }
        for key in keys where key.isRequired && !known.contains(where: { $0.0.name == key.name }) {
            error("\(name) has no `\(key.name)`", at: node.place, remedy: "add `\(key.name):` with \(key.shape)")
        }
        return known
    }

    /// The entries of a mapping, or nil where something else stands.
    mutating func mapping(_ node: FileNode, called name: String, remedy: String) -> [FileNode.Entry]? {
        if case .mapping(let entries) = node.content { return entries }
        let found = node.isEmpty ? "\(name) is empty" : "\(name) can't be \(node.description)"
        error(found, at: node.place, remedy: remedy)
        return nil
    }

    /// The text of a key; anything else is reported.
    mutating func text(of key: FileNode) -> String? {
        if let text = key.text { return text }
        error("a key can't be \(key.description)", at: key.place, remedy: "write a word and `:`")
        return nil
    }

    private mutating func reportUnknown(_ key: FileNode, _ text: String, among names: [String], in section: String) {
        var remedy = "write one of \(names.joined(separator: ", "))"
        if let near = nearestWord(to: text.replacing("_", with: "-"), in: names) {
            remedy = "write `\(near)`"
        } else if text == "<<" {
            remedy = "merge keys are not read; settings that all rows share stand under `train:` or `backbone:`"
        } else if let elsewhere = FileKeys.places(of: text).first {
            remedy = "`\(text)` belongs under `\(elsewhere)`"
        }
        error("\(section) has no key \(key.description)", at: key.place, remedy: remedy)
    }
}
