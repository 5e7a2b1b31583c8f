import Experiments
import Testing

/// A file with a mistake, and what the first error must say.
struct MalformedFile: Sendable, CustomTestStringConvertible {
    let title: String
    let text: String
    let line: Int
    let column: Int
    /// A part of the message and a part of the remedy.
    let message: String
    let remedy: String

    init(_ title: String, _ text: String, at place: (Int, Int), _ message: String, _ remedy: String) {
        self.title = title
        self.text = text
        (line, column) = place
        self.message = message
        self.remedy = remedy
    }

    var testDescription: String { title }

    static let all = syntax + values + structure + sizes + sweeps

    static let syntax = [
        MalformedFile("empty file", "", at: (1, 1), "the file is empty", "ablate new"),
        MalformedFile("only a comment", "# nothing\n", at: (1, 1), "the file is empty", "ablate new"),
        MalformedFile("a list", "- a\n- b\n", at: (1, 1), "can't be a list", "name:"),
        MalformedFile("a word", "hello", at: (1, 1), "can't be `hello`", "name:"),
        MalformedFile("tab indentation", "name: x\nlayouts:\n\ta: C\n", at: (3, 1), "a tab", "indent with spaces"),
        MalformedFile("tab behind spaces", "name: x\ntrain:\n  \tlr: 1\n", at: (3, 3), "a tab", "indent with spaces"),
        MalformedFile("binary file", "\u{7F}ELF\u{2}\u{1}\u{0}", at: (1, 1), "control character U+007F", "binary"),
        MalformedFile("NUL byte", "name: a\u{0}b\n", at: (1, 8), "U+0000", "delete it"),
        MalformedFile("open list", minimal("seeds: [1, 2\n"), at: (4, 1), "list is not closed", "`]`"),
        MalformedFile("open braces", minimal("train: {epochs: 1\n"), at: (4, 1), "braces is not closed", "`}`"),
        MalformedFile("open quotation", "name: \"x\nlayouts: {}\n", at: (3, 1), "not closed", "quotation mark"),
        MalformedFile("second colon", "name: a: b\n", at: (1, 8), "second `:`", "quotation marks"),
        MalformedFile("reserved character", "name: @x\n", at: (1, 7), "can't begin", "quotation marks"),
        MalformedFile("undefined alias", "name: *x\n", at: (1, 7), "anchor", "quotation marks"),
        MalformedFile("two documents", minimal("---\nname: b\n"), at: (3, 1), "second document", "one experiment"),
        MalformedFile("wrong indentation", "name: x\n  question: y\n", at: (2, 11), "second `:`", "indentation"),
        MalformedFile("duplicate key", minimal("seeds: 1\nname: b\n"), at: (4, 1), "second time", "delete one"),
        MalformedFile(
            "duplicate row", "name: x\nlayouts:\n  a: C\n  b: M\n  a: A\n", at: (5, 3), "second time", "delete one"),
        MalformedFile(
            "duplicate in braces", minimal("train: {lr: 1e-3, epochs: 1, lr: 2e-3}"), at: (3, 30), "second time",
            "delete one"),
        MalformedFile("merge key", minimal("train:\n  <<: {lr: 1}\n"), at: (4, 3), "no key `<<`", "merge keys"),
        MalformedFile(
            "unquoted axis in braces", "name: x\nlayouts: {a: C | M[state=4]}\n", at: (2, 19), "", "quotation"),
    ]

    static let values = [
        MalformedFile(
            "slash in the name", "name: a/b\nlayouts: {base: C}\n", at: (1, 7), "holds a slash", "write `a-b`"),
        MalformedFile("unknown key", minimal("sedes: 3"), at: (3, 1), "no key `sedes`", "`seeds`"),
        MalformedFile(
            "unknown setting", minimal("train: {learning: 1}"), at: (3, 9), "no key `learning`", "write one of"),
        MalformedFile(
            "underscore", minimal("train: {weight_decay: 1}"), at: (3, 9), "`weight_decay`", "`weight-decay`"),
        MalformedFile("key at the wrong level", minimal("epochs: 3"), at: (3, 1), "no key `epochs`", "under `train`"),
        MalformedFile("capital", minimal("Train: {lr: 1}"), at: (3, 1), "no key `Train`", "`train`"),
        MalformedFile(
            "text for an integer", minimal("train: {epochs: ten}"), at: (3, 17), "can't be `ten`", "an integer"),
        MalformedFile(
            "yes for an integer", minimal("train: {epochs: yes}"), at: (3, 17), "can't be `yes`", "an integer"),
        MalformedFile("zero batch", minimal("train: {batch: 0}"), at: (3, 16), "can't be `0`", "from 1 to 65536"),
        MalformedFile("zero epochs", minimal("train: {epochs: 0}"), at: (3, 17), "can't be `0`", "from 1"),
        MalformedFile("negative rate", minimal("train: {lr: -1e-3}"), at: (3, 13), "can't be `-1e-3`", "above 0"),
        MalformedFile("infinite rate", minimal("train: {lr: .inf}"), at: (3, 13), "can't be `.inf`", "a number"),
        MalformedFile("not a number", minimal("train: {lr: .nan}"), at: (3, 13), "can't be `.nan`", "a number"),
        MalformedFile("huge exponent", minimal("train: {lr: 1e999}"), at: (3, 13), "can't be `1e999`", "a number"),
        MalformedFile("drop path of one", minimal("train: {drop-path: 1}"), at: (3, 20), "can't be `1`", "below 1"),
        MalformedFile("fraction", minimal("train: {epochs: 2.5}"), at: (3, 17), "can't be `2.5`", "an integer"),
        MalformedFile("whole fraction", minimal("train: {epochs: 1e2}"), at: (3, 17), "can't be `1e2`", "write `100`"),
        MalformedFile("grouped digits", minimal("dataset: {train: 10_000}"), at: (3, 18), "`10_000`", "write `10000`"),
        MalformedFile(
            "number in quotes", minimal("train: {epochs: \"3\"}"), at: (3, 17), "can't be `3`", "without quot"),
        MalformedFile("yes for true", minimal("train: {flip: yes}"), at: (3, 15), "can't be `yes`", "write `true`"),
        MalformedFile("unknown choice", minimal("train: {optimizer: adam}"), at: (3, 20), "`adam`", "write `adamw`"),
        MalformedFile("unknown data set", minimal("dataset: {name: mnist}"), at: (3, 17), "`mnist`", "fashion-mnist"),
        MalformedFile("empty value", minimal("train: {lr: }"), at: (3, 13), "has no value", "or delete the key"),
        MalformedFile("null", minimal("train: {clip-norm: null}"), at: (3, 20), "has no value", "`none`"),
        MalformedFile("empty section", minimal("train:\n"), at: (3, 7), "`train` is empty", "key: value"),
        MalformedFile("list for a section", minimal("train: [lr]"), at: (3, 8), "can't be a list", "key: value"),
        MalformedFile(
            "section for a number", minimal("train: {lr: {a: 1}}"), at: (3, 13), "can't be a section", "a number"),
        MalformedFile("one of two betas", minimal("train: {betas: [0.9]}"), at: (3, 16), "has 1 value", "a list of 2"),
        MalformedFile(
            "betas as a number", minimal("train: {betas: 0.9}"), at: (3, 16), "can't be `0.9`", "a list of 2"),
        MalformedFile("beta of one", minimal("train: {betas: [0.9, 1.0]}"), at: (3, 22), "can't be `1.0`", "below 1"),
        MalformedFile("metric", minimal("metric: acuracy"), at: (3, 9), "`acuracy`", "`accuracy`"),
        MalformedFile("huge integer", minimal("seeds: 99999999999999999999"), at: (3, 8), "can't be", "an integer"),
    ]

    static let structure = [
        MalformedFile("no name", "layouts: {a: C}\n", at: (1, 1), "has no `name`", "add `name:`"),
        MalformedFile("no layouts", "name: x\n", at: (1, 1), "has no `layouts`", "add `layouts:`"),
        MalformedFile("empty layouts", "name: x\nlayouts: {}\n", at: (2, 10), "`layouts` is empty", "name: layout"),
        MalformedFile(
            "layouts as a list", "name: x\nlayouts: [C, M]\n", at: (2, 10), "can't be a list", "name: layout"),
        MalformedFile("row without layout", "name: x\nlayouts:\n  a:\n", at: (3, 5), "no layout", "write a layout"),
        MalformedFile(
            "section without layout", "name: x\nlayouts: {a: {train: {lr: 1}}}\n", at: (2, 14), "no `layout`",
            "add `layout:`"),
        MalformedFile("unknown mixer", "name: x\nlayouts: {a: C | Q}\n", at: (2, 18), "`Q`", "mamba"),
        MalformedFile("layout in quotes", "name: x\nlayouts: {a: \"C | Q\"}\n", at: (2, 19), "`Q`", "mamba"),
        MalformedFile(
            "folded layout", "name: x\nlayouts:\n  a: >\n    C |\n    M Q\n", at: (5, 7), "`Q`", "mamba"),
        MalformedFile("empty name", "name: ''\nlayouts: {a: C}\n", at: (1, 7), "empty", "write a name"),
        MalformedFile("seed twice", minimal("seeds: [1, 2, 1]"), at: (3, 15), "listed twice", "delete"),
        MalformedFile("no seed", minimal("seeds: []"), at: (3, 8), "0 values", "a list"),
        MalformedFile("zero seeds", minimal("seeds: 0"), at: (3, 8), "can't be `0`", "an integer from 1"),
        MalformedFile("negative seed", minimal("seeds: [-1]"), at: (3, 9), "can't be `-1`", "an integer from 0"),
        MalformedFile("unknown reference", minimal("reference: bas"), at: (3, 12), "`bas`", "write `base`"),
        MalformedFile("unknown row in a claim", minimal("claims: [base > other]"), at: (3, 10), "`other`", "`base`"),
        MalformedFile("claim about itself", minimal("claims: [base > base]"), at: (3, 10), "with itself", "different"),
        MalformedFile(
            "claim without rows", minimal("claims: [base >]"), at: (3, 10), "does not compare", "better > worse"),
        MalformedFile("claims as text", minimal("claims: base > a"), at: (3, 9), "`claims`", "a list of claims"),
        MalformedFile("published row", minimal("published: {bse: 1}"), at: (3, 13), "`bse`", "`base`"),
        MalformedFile("published text", minimal("published: {base: high}"), at: (3, 19), "`high`", "a number"),
    ]

    static let sizes = [
        MalformedFile("heads for one stage", minimal("backbone: {heads: [1]}"), at: (3, 19), "1 value", "each stage"),
        MalformedFile("windows", minimal("backbone: {windows: [1, 2, 3]}"), at: (3, 21), "3 values", "each stage"),
        MalformedFile(
            "heads that don't divide", minimal("backbone: {heads: [1, 5]}"), at: (3, 19),
            "5 heads do not divide the 32",
            "divisor of 32"),
        MalformedFile(
            "head width that doesn't divide", minimal("backbone: {head-width: 5}"), at: (3, 24), "does not divide",
            "divides 32"),
        MalformedFile(
            "width below the head width", minimal("backbone: {width: 3}"), at: (3, 19), "does not divide the 6", "heads"
        ),
        MalformedFile("zero width", minimal("backbone: {width: 0}"), at: (3, 19), "can't be `0`", "from 1"),
        MalformedFile(
            "stride of three", minimal("backbone: {stem: {strides: [2, 3]}}"), at: (3, 32), "can't be `3`",
            "from 1 to 2"),
        MalformedFile(
            "one stride", minimal("backbone: {stem: {strides: [2]}}"), at: (3, 28), "has 1 value", "a list of 2"),
        MalformedFile(
            "strides as a number", minimal("backbone: {stem: {strides: 2}}"), at: (3, 28), "can't be `2`", "a list of 2"
        ),
        MalformedFile(
            "heads of a block", "name: x\nlayouts: {a: \"C | A[heads=5]\"}\n", at: (2, 14), "5 heads", "divisor of 32"),
        MalformedFile("path missing", minimal("dataset: {name: idx}"), at: (3, 17), "no `path`", "add `path:`"),
        MalformedFile("too many images", minimal("dataset: {train: 60000}"), at: (3, 18), "60000", "59000"),
        MalformedFile("too many tests", minimal("dataset: {test: 10001}"), at: (3, 17), "10000 test", "at most 10000"),
        MalformedFile(
            "drawing size", minimal("dataset: {name: recall-grid, size: 48}"), at: (3, 36), "48", "`32` or `64`"),
        MalformedFile(
            "nothing to select on", minimal("dataset: {validation: 0}\ntrain: {selection: best-validation}"),
            at: (4, 20),
            "needs validation", "selection: last"),
        MalformedFile("rising cosine", minimal("train: {lr: 1e-4, min-lr: 1e-3}"), at: (3, 27), "above `lr`", "below"),
        MalformedFile("long warm-up", minimal("train: {epochs: 2, warmup-epochs: 3}"), at: (3, 35), "longer", "fewer"),
    ]

    static let sweeps = [
        MalformedFile("unknown axis", minimal("sweep: {axes: {k: [1]}}"), at: (3, 16), "axis `k`", "{k}"),
        MalformedFile("axis without section", minimal("sweep: {axes: {lr: [1]}}"), at: (3, 16), "`lr`", "`train.lr`"),
        MalformedFile("misspelt axis", minimal("sweep: {axes: {train.lrr: [1]}}"), at: (3, 16), "", "`train.lr`"),
        MalformedFile("axis without list", minimal("sweep: {axes: {train.lr: 1}}"), at: (3, 26), "`1`", "a list"),
        MalformedFile(
            "axis without values", minimal("sweep: {axes: {train.lr: []}}"), at: (3, 26), "no values", "a list"),
        MalformedFile(
            "bad value of an axis", minimal("sweep: {axes: {train.epochs: [1, 0]}}"), at: (3, 34), "can't be `0`",
            "from 1"),
        MalformedFile(
            "value twice", minimal("sweep: {axes: {train.epochs: [1, 1]}}"), at: (3, 34), "`1` twice", "delete"),
        MalformedFile(
            "axis of a layout without values", "name: x\nlayouts:\n  a: C | M4 with A at last({k})\n", at: (3, 6),
            "has no values", "sweep"),
        MalformedFile(
            "value that no layout takes",
            "name: x\nlayouts:\n  a: C | M4 with A at last({k})\nsweep: {axes: {k: [9]}}\n",
            at: (3, 28), "k = 9", ""),
        MalformedFile(
            "pair of one", minimal("sweep: {axes: {train.lr: [1]}, pair: [[train.lr]]}"), at: (3, 39), "fewer than two",
            "two or more"),
        MalformedFile(
            "pair of unequal lengths",
            minimal("sweep: {axes: {train.lr: [1, 2], train.epochs: [1]}, pair: [[train.lr, train.epochs]]}"),
            at: (3, 72), "1 values and `train.lr` has 2", "equally many"),
        MalformedFile(
            "unknown axis in a pair", minimal("sweep: {axes: {train.lr: [1]}, pair: [[train.lr, k]]}"), at: (3, 50),
            "no axis `k`", "train.lr"),
        MalformedFile(
            "unknown value in exclude", minimal("sweep: {axes: {train.lr: [1]}, exclude: [{train.lr: 2}]}"),
            at: (3, 53), "no value `2`", "`1`"),
        MalformedFile(
            "exclude of everything", minimal("sweep: {axes: {train.lr: [1]}, exclude: [{train.lr: 1.0}]}"),
            at: (3, 42), "leaves no row", "less"),
        MalformedFile(
            "unknown row in exclude", minimal("sweep: {axes: {train.lr: [1]}, exclude: [{layout: bas}]}"),
            at: (3, 51), "`bas`", "`base`"),
        MalformedFile(
            "row against sweep",
            "name: x\nlayouts: {a: {layout: C, train: {lr: 1}}}\nsweep: {axes: {train.lr: [1]}}\n", at: (2, 38),
            "sets `train.lr` itself", "delete it"),
    ]
}

@Suite("Experiment file: errors")
struct FileErrorTests {
    @Test("A malformed file gives an error with its place and what to do", arguments: MalformedFile.all)
    func malformed(_ file: MalformedFile) throws {
        let outcome = FileOutcome(file.text)
        #expect(outcome.experiment == nil)
        let first = try #require(outcome.errors.first)
        let place = try #require(first.place)
        #expect(place.file == "test.yaml")
        #expect([place.line, place.column] == [file.line, file.column], "\(first)")
        #expect(file.message.isEmpty || first.message.contains(file.message), "\(first)")
        #expect(file.remedy.isEmpty || first.remedy?.contains(file.remedy) == true, "\(first)")
        #expect(!first.message.hasSuffix(".") && !first.message.contains("Optional("))
    }

    @Test("There are at least forty malformed files")
    func many() {
        #expect(MalformedFile.all.count >= 40)
        #expect(Set(MalformedFile.all.map(\.title)).count == MalformedFile.all.count)
    }
}
