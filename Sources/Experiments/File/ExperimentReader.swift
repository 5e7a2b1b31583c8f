/// Makes an experiment of a file's nodes; whatever is wrong is collected in `file`.
struct ExperimentReader {
    var file: FileReader
    let vocabulary: Vocabulary
    /// Names of `layouts:` whose rows are missing because of an error that is reported already.
    var unreadRows: Set<String> = []

    init(_ file: FileReader, vocabulary: Vocabulary) {
        self.file = file
        self.vocabulary = vocabulary
    }

    /// The experiment; nil where too much is wrong to say what it is.
    mutating func experiment(_ root: FileNode?) -> Experiment? {
        guard let root, !root.isEmpty else {
            file.error(
                "the file is empty", at: file.source.place(line: 1, column: 1),
                remedy: "write an experiment: `ablate new NAME` gives a commented one")
            return nil
        }
        guard case .mapping = root.content else {
            file.error(
                "the file can't be \(root.description)", at: root.place,
                remedy: "begin with `name:` and `layouts:`; `ablate new NAME` gives a commented file")
            return nil
        }
        let entries = file.section(root, keys: FileKeys.root, called: "the file")
        let nodes = Dictionary(entries.map { ($0.key.name, $0.value) }, uniquingKeysWith: { first, _ in first })

        let shared = sharedSettings(nodes)
        let drafts = nodes["layouts"].map { rows($0, shared: shared) } ?? []
        let sweep = nodes["sweep"].map { self.sweep($0, drafts: drafts) } ?? Sweep()
        refuseAxesWithoutValues(drafts, sweep)
        let seeds = nodes["seeds"].map { self.seeds($0) } ?? Array(0..<3)
        let expanded = expandedRows(drafts, sweep, seeds: seeds.count)
        check(expanded, drafts)
        let measured = nodes["metric"].map { metric($0, of: expanded) } ?? "accuracy"
        let selected = nodes["select"].map { selectedAxes($0, sweep, expanded) } ?? []
        let names = RowNames(grouped(expanded, without: selected))
        var experiment = Experiment(
            name: nodes["name"].flatMap { experimentName($0) } ?? "",
            question: text(nodes["question"], called: "`question`") ?? "",
            reference: reference(nodes["reference"], names),
            rows: expanded.map(\.row), seeds: seeds,
            claims: nodes["claims"].map { claims($0, names) } ?? [],
            metric: measured,
            source: file.source.text,
            published: nodes["published"].flatMap { published($0, RowNames(expanded)) },
            notes: text(nodes["notes"], called: "`notes`"), selectedAxes: selected)
        experiment.metricPlace = nodes["metric"]?.place
        return experiment
    }

    private mutating func sharedSettings(_ nodes: [String: FileNode]) -> SettingsDraft {
        var draft = SettingsDraft()
        for key in FileKeys.root {
            if let node = nodes[key.name], case .section(let keys) = key.shape, key.name != "sweep" {
                _ = read(node, keys, called: "`\(key.name)`", into: &draft)
            }
        }
        return draft
    }

    /// Reads a section of settings into a draft, and returns the paths that it sets.
    mutating func read(
        _ node: FileNode, _ keys: [KeyDefinition], called name: String, into draft: inout SettingsDraft
    ) -> Set<String> {
        var paths: Set<String> = []
        for (key, value) in file.section(node, keys: keys, called: name) {
            if let path = key.setting, let setting = SettingKey.named(path) {
                draft.places[path] = value.place
                paths.insert(path)
                if let value = file.value(value, of: setting) {
                    setting.set(value, in: &draft.settings)
                }
            } else if case .section(let inner) = key.shape {
                paths.formUnion(read(value, inner, called: "`\(key.name)`", into: &draft))
            }
        }
        return paths
    }

    private mutating func text(_ node: FileNode?, called name: String) -> String? {
        guard let node, case .text(let text)? = file.value(node, as: .text, called: name) else { return nil }
        return text
    }

    /// The experiment's own name: EXPERIMENT/ROW/SEED names a trial, so a slash in it would make that mean another.
    private mutating func experimentName(_ node: FileNode) -> String? {
        guard let text = name(node, called: "`name`") else { return nil }
        guard text.contains("/") else { return text }
        file.error(
            "`name` holds a slash, which stands between experiment, row and seed where a trial is named",
            at: node.place,
            remedy: "write `\(text.replacing("/", with: "-"))`")
        return nil
    }

    /// A name that tables and commands can show: one line, not too long.
    mutating func name(_ node: FileNode, called name: String) -> String? {
        guard case .text(let text)? = file.value(node, as: .name, called: name) else { return nil }
        let problem: String? =
            if text.allSatisfy(\.isWhitespace) {
                "\(name) is empty"
            } else if text.count > 100 {
                "\(name) is \(text.count) characters long"
            } else if text.contains(where: \.isNewline) {
                "\(name) has more than one line"
            } else if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                "\(name) holds a control character"
            } else if text.first?.isWhitespace == true || text.last?.isWhitespace == true {
                "\(name) begins or ends with a space"
            } else if text.contains(" > ") {
                "\(name) holds ` > `, which claims use"
            } else {
                nil
            }
        guard let problem else { return text }
        file.error(problem, at: node.place, remedy: "write a name of 1 to 100 characters, such as `last-half`")
        return nil
    }

    private mutating func seeds(_ node: FileNode) -> [Int] {
        guard case .list(let nodes) = node.content else {
            guard
                case .integer(let count)? = file.value(
                    node, as: .integer(1...10_000), written: FileKeys.seeds, called: "`seeds`")
            else { return [0] }
            return Array(0..<count)
        }
        let shape = ValueShape.list(.integer(0...Int(Int32.max)), count: 1...10_000)
        guard case .list(let values)? = file.value(node, as: shape, written: FileKeys.seeds, called: "`seeds`") else {
            return [0]
        }
        var seeds: [Int] = []
        for (value, node) in zip(values, nodes) {
            guard case .integer(let seed) = value else { continue }
            if seeds.contains(seed) {
                file.error("the seed \(seed) is listed twice", at: node.place, remedy: "delete one of them")
            } else {
                seeds.append(seed)
            }
        }
        return seeds
    }
}
