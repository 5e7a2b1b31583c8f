import Foundation
import Testing

/// The commands that read results, over one small experiment.
@Suite struct ResultCommandTests {
    struct Call: Sendable, CustomTestStringConvertible {
        var line: String
        var status: Int32 = 0
        /// What standard output holds, or standard error where the status is not 0.
        var texts: [String]
        var testDescription: String { line }
    }

    private static let calls = [
        Call(
            line: "results small --where row=last --format csv",
            texts: ["experiment,row,seed,state,value,", "\r\nsmall,last,1,"]),
        Call(
            line: "results small --where 'layout=mamba attention' --columns row,seed",
            texts: ["row   seed\n", "last     1\n"]),
        Call(
            line: "results small --where train.lr=2e-3 --columns train.lr,row --limit 1", texts: ["train.lr", "0.002"]),
        Call(line: "results --group-by row --sort -row", texts: ["row    trials", "last        2", "± sd"]),
        Call(line: "results small --color always", texts: ["\u{1b}[32mdone"]),
        Call(
            line: "results small --where 'acuracy>0.5'", status: 2,
            texts: ["Did you mean accuracy?", "Columns: experiment,"]),
        Call(line: "results small --where 'layout=M X'", status: 2, texts: ["unknown mixer `X`"]),
        Call(line: "results small --where 'accuracy>90'", texts: ["accuracy runs from 0 to 1: write 90% or 0.9."]),
        Call(line: "summary small --format csv", texts: ["kind", ",row,", ",baseline,"]),
        Call(line: "summary small --format csv -o -", texts: ["kind"]),
        Call(
            line: "summary small --metric acuracy", status: 2,
            texts: ["no trial of small has the metric \"acuracy\"", "accuracy", "validation loss"]),
        Call(
            line: "report small --metric 'accuracy pairs=9'", status: 2, texts: ["has the metric \"accuracy pairs=9\""]),
        Call(line: "results smal", status: 2, texts: ["no experiment called \"smal\"", "It holds: small"]),
        Call(
            line: "show small/last/0",
            texts: ["small: last, seed 0", "Learning curves, 2 epochs", "threads       1"]),
        Call(line: "show small/last/0 --format json", texts: ["\"train.lr\": \"0.002\"", "\"curves\": ["]),
        Call(line: "show small/lost/0", status: 2, texts: ["Did you mean last?"]),
        Call(
            line: "compare last first",
            texts: ["last minus first", "2 pairs of seeds", "They differ in layout M A against A M."]),
        Call(line: "compare 'M A' 'attention mamba'", texts: ["last minus first"]),
        Call(line: "compare small/last small/first --format csv", texts: ["seed,first,second,difference\r\n0,"]),
        Call(line: "compare last lost", status: 2, texts: ["no row is called \"lost\""]),
        Call(
            line: "sql 'SELECT count(*) FROM v_trials WHERE row = :r' --bind r=last --format csv", texts: ["\r\n2\r\n"]),
        Call(line: "sql 'SELECT :a + :b AS sum' --bind a=1 --bind b=0.5 --format csv", texts: ["sum\r\n1.5\r\n"]),
        Call(line: "sql 'SELECT typeof(:a) AS t' --bind a=x=y --format csv", texts: ["t\r\ntext\r\n"]),
        Call(line: "sql 'SELECT :a'", status: 2, texts: ["a"]),
        Call(line: "sql 'SELECT 1' --bind 1", status: 2, texts: ["'1' is invalid for '--bind"]),
        Call(line: "sql 'SELECT :a' --bind a=1 --bind a=2", status: 2, texts: ["--bind a=… is given twice"]),
        Call(line: "sql", status: 2, texts: ["or --schema"]),
        Call(line: "sql 'SELECT 1' --seconds inf", status: 2, texts: ["from 0.001 to 86400"]),
        Call(line: "sql 'SELECT 1' --seconds 1e30", status: 2, texts: ["from 0.001 to 86400"]),
        Call(line: "sql --schema --format csv", texts: ["v_trials,,,one line for each row and seed"]),
        Call(line: "status small --format jsonl", texts: ["\"state\": \"done\""]),
        Call(line: "status --interval 0", status: 2, texts: ["--interval 0"]),
        Call(line: "snapshot", status: 2, texts: ["--output"]),
        Call(line: "completions tcsh", status: 2, texts: ["tcsh"]),
        Call(line: "completions bash", texts: ["complete -o filenames"]),
        Call(line: "completions zsh", texts: ["#compdef ablate"]),
        Call(line: "completions fish", texts: ["complete -c 'ablate'"]),
        Call(line: "manual", texts: [".TH ABLATE 1", ".SS ablate run <file> [options]", "ABLATE_DATABASE"]),
        Call(line: "manual --markdown", texts: ["## ablate run", "| `-j, --jobs <n>` |"]),
    ]

    /// The experiment is trained once for all calls.
    @Test func everyCallPrintsWhatIsAskedFor() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        for call in Self.calls {
            let ending = try sandbox.shell("\"$ABLATE\" " + call.line)
            #expect(ending.status == call.status, "\(call.line)\n\(ending.error)")
            for text in call.texts {
                #expect((call.status == 0 ? ending.output : ending.error).contains(text), "\(call.line)\n\(ending)")
            }
            #expect(
                call.status == 0 ? ending.error.isEmpty : ending.output.isEmpty, "\(call.line): data and talk are apart"
            )
        }
        try filesAreWhole(sandbox)
        try namesAreCompleted(sandbox)
    }

    /// `-o` gives the same bytes, and nothing where nothing can be given.
    private func filesAreWhole(_ sandbox: Sandbox) throws {
        for (name, format) in [
            ("a.csv", "csv"), ("a.tex", "latex"), ("a.md", "markdown"), ("a.json", "json"), ("a", "table"),
        ] {
            #expect(try sandbox.ablate("summary", "small", "-o", name).output.isEmpty)
            #expect(try sandbox.read(name) == sandbox.ablate("summary", "small", "--format", format).output, "\(name)")
        }
        #expect(try sandbox.ablate("results", "small", "-o", "a.csv", "--format", "json").status == 0)
        #expect(try sandbox.read("a.csv").hasPrefix("{"), "--format has the last word")
        #expect(try sandbox.ablate("results", "none", "-o", "b.csv").status == 2)
        let nowhere = try sandbox.ablate("results", "small", "-o", "no/folder.csv")
        #expect(nowhere.status == 2 && nowhere.error.contains("no/folder.csv can't be written"))
        #expect(try sandbox.ablate("snapshot", "-o", "snapshot.sqlite").status == 0)
        let copy = try sandbox.ablate("summary", "small", "--database", "snapshot.sqlite")
        #expect(try copy.output == sandbox.ablate("summary", "small").output)
        #expect(try sandbox.ablate("snapshot", "-o", "results/ablate.sqlite").status == 2)
        let left = sandbox.contents.filter { !$0.contains("results") && !$0.contains("small") }
        #expect(left == ["a", "a.csv", "a.json", "a.md", "a.tex", "snapshot.sqlite"], "\(left)")
    }

    /// What a shell's script asks for when a person presses Tab.
    private func namesAreCompleted(_ sandbox: Sandbox) throws {
        func names(_ command: String, _ argument: String, _ words: String...) throws -> [String] {
            let arguments = ["---completion", command, "--", argument, "\(words.count - 1)", "0"] + words
            let ending = try sandbox.start(arguments).end()
            #expect(ending.status == 0 && ending.error.isEmpty, "\(ending)")
            return ending.lines
        }
        #expect(try names("summary", "positional@0", "ablate", "summary", "") == ["small"])
        #expect(try names("show", "positional@0", "ablate", "show", "").contains("small/last/1"))
        #expect(try names("compare", "positional@1", "ablate", "compare", "last", "").contains("A M"))
        #expect(
            try names("summary", "positional@0", "ablate", "summary", "--database", "nowhere.sqlite", "").isEmpty,
            "no database is no error")
        #expect(try names("results", "--columns", "ablate", "results", "--columns", "").contains("accuracy"))
    }
}
