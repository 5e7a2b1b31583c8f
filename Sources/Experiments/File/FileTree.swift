import Yams

/// Reads YAML into nodes with places, through Yams.
///
/// Aliases are followed, but the whole is bounded: a file whose aliases multiply into millions of values is refused.
struct FileTree {
    static let mostNodes = 200_000
    static let mostAliases = 16
    static let listedDuplicates = 20

    private let source: SourceText
    private var nodes = 0
    private(set) var diagnostics: [Diagnostic] = []

    private init(_ source: SourceText) {
        self.source = source
    }

    /// The file's root, or nil where the file holds nothing; duplicate keys are reported beside it and left out.
    ///
    /// - Throws: the place where the text stops being YAML.
    static func read(_ source: SourceText) throws(Diagnostics) -> (root: FileNode?, diagnostics: [Diagnostic]) {
        var tree = FileTree(source)
        try tree.refuseManyAliases()
        guard let node = try tree.compose() else { return (nil, tree.diagnostics) }
        let root = try tree.converted(node)
        return (root, tree.diagnostics)
    }

    /// Yams stops at the first duplicate key. It is renamed to something that no key is called, and reading starts again, so
    /// that every duplicate is reported, together with the file's other errors.
    private mutating func compose() throws(Diagnostics) -> Node? {
        var duplicates = DuplicateKeys(source)
        while true {
            do {
                // Without rules every plain scalar stays a text: the shapes of the keys decide what it means.
                return try Yams.compose(yaml: duplicates.text, .basic)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                guard let diagnostic = duplicates.report(names, first: (context.mark.line, context.mark.column)) else {
                    throw Diagnostics(diagnostics)
                }
                diagnostics.append(diagnostic)
                guard diagnostics.count < FileTree.listedDuplicates, duplicates.hasRenamed else {
                    throw Diagnostics(diagnostics)
                }
            } catch {
                throw Diagnostics(diagnostics + [YAMLProblem(error, in: source).diagnostic])
            }
        }
    }

    private mutating func converted(_ node: Node) throws(Diagnostics) -> FileNode {
        nodes += 1
        var place = source.place(line: node.mark?.line ?? 1, scalarColumn: node.mark?.column ?? 1)
        guard nodes <= FileTree.mostNodes else {
            throw Diagnostics([
                Diagnostic(
                    .error, "the file has more than \(FileTree.mostNodes) values once its aliases are followed",
                    at: place, remedy: "write the values out; a sweep needs few")
            ])
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain
            let quotes = scalar.style == .singleQuoted || scalar.style == .doubleQuoted ? 2 : 0
            let isOneLine = !scalar.string.contains(where: \.isNewline)
            let room = (place.excerpt?.count ?? place.column) - place.column + 1
            place.length = isOneLine ? max(1, min(scalar.string.count + quotes, room)) : 1
            return FileNode(content: .scalar(scalar.string, isPlain: isPlain), place: place)
        case .sequence(let sequence):
            var list: [FileNode] = []
            for element in sequence { list.append(try converted(element)) }
            return FileNode(content: .list(list), place: place)
        case .mapping(let mapping):
            var entries: [FileNode.Entry] = []
            for (key, value) in mapping where !DuplicateKeys.isRenamed(key.string ?? "") {
                entries.append(FileNode.Entry(key: try converted(key), value: try converted(value)))
            }
            return FileNode(content: .mapping(entries), place: place)
        case .alias:
            return FileNode(content: .scalar("", isPlain: true), place: place)
        }
    }

    /// Bounds what aliases can multiply to before Yams compares keys: at most 16 places that may be one.
    private func refuseManyAliases() throws(Diagnostics) {
        var count = 0
        for (index, line) in source.lines.enumerated() where line.utf8.contains(UInt8(ascii: "*")) {
            var previous: Unicode.Scalar = "-"
            var wasStar = false
            for (offset, scalar) in line.unicodeScalars.enumerated() {
                if wasStar, scalar != " " {
                    count += 1
                    if count > FileTree.mostAliases {
                        throw Diagnostics([
                            Diagnostic(
                                .error, "the file has more than \(FileTree.mostAliases) aliases (`*name`)",
                                at: source.place(line: index + 1, scalarColumn: offset),
                                remedy: "write settings that all rows share under `train:` or `backbone:`, once")
                        ])
                    }
                }
                wasStar = scalar == "*" && "-:?,[{".unicodeScalars.contains(previous)
                if scalar != " " { previous = scalar }
            }
        }
    }
}
