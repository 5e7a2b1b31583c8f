import Testing

/// Experiment files that are wrong in one way each.
struct MalformedFile: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    /// A part of the message or of the remedy.
    var says: String
    /// The line that the message must name; nil where any will do.
    var line: Int?

    var testDescription: String { name }

    private init(_ name: String, _ bytes: [UInt8], line: Int?, says: String) {
        self.name = name
        self.bytes = bytes
        self.says = says
        self.line = line
    }

    /// A file of this text.
    private static func text(_ name: String, _ text: String, line: Int? = nil, says: String = "") -> MalformedFile {
        MalformedFile(name, Array(text.utf8), line: line, says: says)
    }

    /// The good file, with one line changed.
    private static func line(_ number: Int, _ name: String, _ text: String, says: String = "") -> MalformedFile {
        var lines = good
        lines[number - 1] = text
        return MalformedFile(name, Array(lines.joined(separator: "\n").utf8), line: number, says: says)
    }

    private static let good = [
        "name: wrong",
        "question: What is wrong with this file?",
        "reference: last",
        "dataset: {name: recall-grid, train: 64, validation: 16, test: 16, pairs: [2], test-pairs: [2], size: 32}",
        "backbone: {width: 16, stem: {channels: 8, strides: [2, 2]}, head-width: 8}",
        "layouts:",
        "  last: M A",
        "  first: A M",
        "train: {epochs: 2, batch: 16, lr: 2e-3, warmup-epochs: 1}",
        "seeds: 2",
        "claims: [last > first]",
        "",
    ]

    static let goodText = good.joined(separator: "\n")

    static let all: [MalformedFile] = keys + values + layouts + sweeps + texts

    private static let keys = [
        line(9, "unknown key", "train: {epochs: 2, batch: 16, learning-rate: 2e-3}", says: "learning-rate"),
        line(9, "misspelt key", "train: {epoch: 2, batch: 16}", says: "epochs"),
        line(4, "unknown section key", "dataset: {name: recall-grid, sise: 32}", says: "size"),
        line(1, "unknown top-level key", "nam: wrong", says: "name"),
        line(10, "duplicate key", "reference: first", says: "reference"),
        line(1, "missing name", "# nothing", says: "name").anywhere,
        line(3, "missing reference row", "reference: middle", says: "middle"),
        line(11, "claim about no row", "claims: [last > middle]", says: "middle"),
        line(11, "claim about one row", "claims: [last > last]"),
        line(11, "claim without relation", "claims: [last]"),
    ]

    private static let values = [
        line(9, "word for a number", "train: {epochs: two}", says: "two"),
        line(9, "list for a number", "train: {epochs: [2]}"),
        line(9, "fraction of an epoch", "train: {epochs: 2.5}", says: "2.5"),
        line(9, "no epochs", "train: {epochs: 0}"),
        line(9, "negative batch", "train: {epochs: 2, batch: -4}", says: "-4"),
        line(9, "infinite rate", "train: {epochs: 2, lr: .inf}"),
        line(9, "rate that is not a number", "train: {epochs: 2, lr: .nan}"),
        line(9, "unknown optimizer", "train: {epochs: 2, optimizer: adam}", says: "adamw"),
        line(9, "huge number", "train: {epochs: 99999999999999999999}"),
        line(9, "truth value", "train: {epochs: 2, flip: perhaps}"),
        line(9, "section is a word", "train: fast"),
        line(5, "three strides", "backbone: {width: 16, stem: {strides: [2, 2, 2]}}"),
        line(5, "impossible window", "backbone: {width: 16, windows: [-7]}", says: "-7"),
        line(5, "one window too many", "backbone: {width: 16, head-width: 8, windows: [4, 4]}"),
        line(5, "heads that do not divide", "backbone: {width: 16, heads: [3]}", says: "3"),
        line(5, "width of nothing", "backbone: {width: 0}"),
        line(4, "unknown data set", "dataset: {name: mnist}", says: "mnist"),
        line(4, "data set without its path", "dataset: {name: cifar-10}", says: "path"),
        line(4, "data set that is not there", "dataset: {name: idx, path: nowhere}", says: "nowhere"),
        line(4, "size that is never drawn", "dataset: {name: recall-grid, size: 48}"),
        line(4, "more pairs than cells", "dataset: {name: recall-grid, pairs: [99]}", says: "99"),
        line(10, "no seeds", "seeds: 0"),
        line(10, "negative seeds", "seeds: -1"),
        line(10, "a seed twice", "seeds: [1, 1]"),
    ]

    private static let layouts = [
        line(7, "bad mixer", "  last: M X", says: "X"),
        line(7, "misspelt mixer", "  last: mambo attention", says: "mamba"),
        line(7, "bad count", "  last: M0 A", says: "0"),
        line(7, "huge count", "  last: M99999999999"),
        line(7, "open bracket", "  last: M[state=16 A"),
        line(7, "open group", "  last: (M A"),
        line(7, "empty stage", "  last: M || A"),
        line(7, "unknown option", "  last: M[sate=16] A", says: "state"),
        line(7, "option out of range", "  last: M[state=-1] A"),
        line(7, "position behind the end", "  last: M4 with A at positions(9)", says: "9"),
        line(7, "unknown placement", "  last: M4 with A at lats(1/2)", says: "last"),
        line(7, "more than all", "  last: M4 with A at last(5)"),
        line(7, "set outside of a sweep's expansion", "  last: M4 with A at choose(9)"),
        line(7, "layout is a number", "  last: 4"),
        line(7, "layout is empty", "  last: ''"),
        line(6, "layouts is a list", "layouts: [M A, A M]").anywhere,
    ]

    private static let sweeps = [
        line(11, "axis that no setting has", "sweep: {axes: {train.rate: [1, 2]}}", says: "train.rate"),
        line(11, "axis without values", "sweep: {axes: {train.lr: []}}"),
        line(11, "axis value of a wrong type", "sweep: {axes: {train.lr: [fast]}}", says: "fast"),
        line(11, "unknown sweep key", "sweep: {axis: {train.lr: [1e-3]}}", says: "axes"),
        line(7, "axis in a layout only", "  last: M{depth} A", says: "depth"),
    ]

    private static let texts = [
        text("empty file", "", says: "empty"),
        text("only a comment", "# nothing\n"),
        text("a list", "- a\n- b\n"),
        text("a word", "hello\n"),
        text("two documents", goodText + "---\n" + goodText),
        text("tab indentation", "name: wrong\nlayouts:\n\tlast: M\n", line: 3, says: "tab"),
        text("open quotation", "name: \"wrong\nquestion: what\n"),
        text("open brace", "name: wrong\ntrain: {epochs: 2\n"),
        text("unknown alias", "name: *nobody\n", line: 1),
        text("aliases that multiply", bomb),
        MalformedFile("binary file", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 197) }, line: nil, says: ""),
        MalformedFile("not UTF-8", Array("name: wr".utf8) + [0xFF, 0xFE] + Array("ng\n".utf8), line: 1, says: ""),
        MalformedFile("zero bytes", [UInt8](repeating: 0, count: 64), line: nil, says: ""),
        text("line of 10 MB", "name: " + String(repeating: "x", count: 10 << 20) + "\n"),
        text("deep nesting", String(repeating: "[", count: 50_000)),
    ]

    /// Each alias stands for ten of the one before.
    private static let bomb: String = {
        var text = "a0: &a0 [x]\n"
        for level in 1...9 {
            let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(list)]\n"
        }
        return text
    }()

    /// The same file; its message may name any line.
    private var anywhere: MalformedFile {
        var copy = self
        copy.line = nil
        return copy
    }
}
