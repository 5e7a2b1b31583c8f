/// The definition of an experiment file: every key, in the order of the reference.
public enum FileKeys {
    /// The keys of the file itself.
    public static let root: [KeyDefinition] = [
        KeyDefinition("name", .name, isRequired: true, "The experiment's name, by which results are asked for"),
        KeyDefinition("question", .text, default: "none", "The question that the experiment answers"),
        KeyDefinition("notes", .text, default: "none", "Free text, kept with the results"),
        KeyDefinition("reference", .name, default: "the first row", "The row that the others are compared with"),
        KeyDefinition(
            "metric", .text, default: "`accuracy`",
            "The metric of the table: `accuracy`, `loss`, `average-precision` (mirror-difference), `mean-iou` (cued-scene), "
                + "or one part of it, such as `accuracy pairs=4`"),
        KeyDefinition("dataset", .section(dataset), "Which examples the networks see"),
        KeyDefinition("backbone", .section(backbone), "What the layout does not say of the network's shape"),
        KeyDefinition(
            "layouts", .table(of: .either([.layout, .section(row)]), named: "row names"), isRequired: true,
            "The rows of the table: a name and a layout, or a section where a row has settings of its own"),
        KeyDefinition("train", .section(train), "How the networks are trained"),
        KeyDefinition(
            "seeds", seeds, default: "`3`",
            "How many seeds, from 0, or a list of seeds; each row is trained once with each"),
        KeyDefinition(
            "claims", .list(.claim, count: 1...1000), default: "none",
            "Statements that the summary tests: `better > worse`; `a > b > c` stands for each neighbouring pair. In a sweep a "
                + "name of `layouts` stands for all its rows, each compared with those of the same values, and a full name, "
                + "such as `base train.lr=1e-3`, for one row"),
        KeyDefinition("sweep", .section(sweep), "Values to be tried in all combinations"),
        KeyDefinition(
            "select", select, default: "none",
            "Axes of the sweep of which the summary shows each row's best value only, such as `train.lr`: the one with the "
                + "best mean of the table's metric on validation over the seeds; test is looked at for it alone"),
        KeyDefinition(
            "published", .table(of: .either([.number(.any), .text]), named: "row names"), default: "none",
            "A paper's numbers, row by row, to stand beside the measured ones; `source` says where they are from"),
    ]

    static let seeds = ValueShape.either([
        .integer(1...10_000), .list(.integer(0...Int(Int32.max)), count: 1...10_000),
    ])
    static let select = ValueShape.either([.name, .list(.name, count: 1...8)])
    static let dataset = definitions(of: SettingKey.datasetKeys, depth: 1)
    static let backbone = definitions(of: SettingKey.backboneKeys, depth: 1)
    static let train = definitions(of: SettingKey.trainKeys, depth: 1)

    /// The keys of a row that has settings of its own.
    static let row = [
        KeyDefinition("layout", .layout, isRequired: true, isIdentity: true, "The row's layout"),
        KeyDefinition("dataset", .section(dataset), "Settings that this row does not share"),
        KeyDefinition("backbone", .section(backbone), "Settings that this row does not share"),
        KeyDefinition("train", .section(train), "Settings that this row does not share"),
    ]

    private static let axisValue = ValueShape.either([.text, .list(.text, count: 1...64)])
    static let sweep = [
        KeyDefinition(
            "axes", .table(of: .list(axisValue, count: 1...100_000), named: "axes"), isRequired: true,
            "The values of each axis: a setting's path such as `train.lr`, or the name of a `{name}` in layouts"),
        KeyDefinition(
            "pair", .list(.list(.name, count: 2...64), count: 1...64), default: "none",
            "Lists of axes that go together, first value with first value, instead of being crossed"),
        KeyDefinition(
            "exclude", .list(.table(of: axisValue, named: "axes, or `layout`"), count: 1...10_000), default: "none",
            "Combinations to leave out: each lists values of some axes, and `layout` with a row's name"),
    ]

    /// The sections in which a key of this name stands, such as `train`.
    static func places(of name: String) -> [String] {
        SettingKey.all.map(\.path).filter { $0.hasSuffix("." + name) }.map { String($0.dropLast(name.count + 1)) }
    }

    /// The definitions of settings whose path goes on behind the first `depth` words; deeper ones form subsections.
    private static func definitions(of keys: [SettingKey], depth: Int) -> [KeyDefinition] {
        var definitions: [KeyDefinition] = []
        var done: Set<Substring> = []
        for key in keys {
            let words = key.path.split(separator: ".")
            if words.count == depth + 1 {
                definitions.append(key.definition)
            } else if done.insert(words[depth]).inserted {
                let inside = keys.filter { $0.path.split(separator: ".").dropFirst(depth).first == words[depth] }
                definitions.append(
                    KeyDefinition(
                        String(words[depth]), .section(Self.definitions(of: inside, depth: depth + 1)),
                        "The \(words[depth]) of the network"))
            }
        }
        return definitions
    }
}
