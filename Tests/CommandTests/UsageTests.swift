import Foundation
import Testing

/// Exit codes, streams and help: what scripts rely on.
@Suite struct UsageTests {
    struct Call: Sendable, CustomTestStringConvertible {
        var line: String
        var status: Int32
        var output = ""
        var error = ""
        var testDescription: String { line }
    }

    private static let calls = [
        Call(line: "--help", status: 0, output: "USAGE: ablate <subcommand>"),
        Call(line: "--version", status: 0, output: "0.1.0"),
        Call(line: "help run", status: 0, output: "USAGE: ablate run"),
        Call(line: "frobnicate", status: 2, error: "no command `ablate frobnicate`"),
        Call(line: "run", status: 2, error: "Missing expected argument"),
        Call(line: "run nowhere.yaml", status: 2, error: "nowhere.yaml:1:1: error: there is no file"),
        Call(line: "run . ", status: 2, error: "folder"),
        Call(line: "run good.yaml --jobs 0", status: 2, error: "--jobs 0"),
        Call(line: "run good.yaml --threads 1000", status: 2, error: "'--threads <n>': give a number from 1 to 256"),
        Call(line: "run good.yaml --memory 1M", status: 2, error: "--memory"),
        Call(line: "plan good.yaml --format yaml", status: 2, error: "'yaml' is invalid for '--format"),
        Call(line: "status", status: 2, error: "no results database at results/ablate.sqlite"),
        Call(line: "summary good", status: 2, error: "--database"),
        Call(line: "sql 'SELECT 1' --database good.yaml", status: 2, error: "is not an SQLite database"),
        Call(line: "describe 'C | M4 X'", status: 2, error: "layout:1:8: error: unknown mixer `X`"),
        Call(line: "describe 'C | M4 A4' --notation paper", status: 0, output: "C|MMMMSSSS\n"),
        Call(
            line: "describe 'C|MMMMSSSS' --from paper --notation words", status: 0, output: "conv | mamba*4 attention*4"
        ),
        Call(line: "describe 'C | M2 A2' --format csv", status: 0, output: "part,output,parameters"),
        Call(line: "describe good.yaml --row lost", status: 2, error: "Did you mean last? Its rows are last, first"),
        Call(line: "data list", status: 0, output: "recall-grid"),
        Call(line: "data info recall-grid", status: 0, output: "most common colour"),
        Call(line: "data info nothing", status: 2, error: "no data set is called 'nothing'"),
        Call(line: "data preview recall-grid --count 1", status: 0, output: "@@"),
        Call(line: "schema", status: 0, output: "\"$schema\""),
        Call(line: "schema --reference", status: 0, output: "epochs"),
        Call(line: "new Bad_Name", status: 2, error: "Bad_Name"),
        Call(line: "new good -o good.yaml", status: 2, error: "good.yaml exists already"),
        Call(line: "bench 'C | C | M' --repeats 0", status: 2, error: "--repeats 0"),
        Call(line: "bench 'C | C | M' --data", status: 2, error: "an experiment file"),
        Call(line: "bench 'C | C | M' --row last", status: 2, error: "only experiment files have rows"),
        Call(line: "bench good.yaml --data --work inference", status: 2, error: "--data measures training"),
        Call(line: "bench good.yaml --row lost", status: 2, error: "Did you mean last?"),
        Call(line: "bench good.yaml --on-request", status: 2, error: "one network and one kind of work"),
        Call(line: "worker", status: 2, error: "ablate run"),
        Call(line: "summary good -o page.html", status: 2, error: "no table ends in .html. Endings: csv, json"),
        Call(line: "results good -o rows.xlsx", status: 2, error: "or say --format"),
        Call(line: "describe 'C | M2 A2'", status: 0, output: "of width 16, for images of 28x28x1 and 10 classes"),
        Call(line: "retry", status: 2, error: "no results database"),
        Call(line: "retry --state done", status: 2, error: "--state"),
        Call(line: "verify", status: 2, error: "Name trials"),
        Call(line: "verify abcd", status: 2, error: "no results database"),
        Call(line: "verify abcd --threads 0", status: 2, error: "'--threads <n>': give a number from 1 to 256"),
        Call(line: "why good.yaml", status: 2, error: "no results database"),
        Call(line: "remove", status: 2, error: "Name trials"),
        Call(line: "remove --row last", status: 2, error: "give --experiment too"),
        Call(line: "restore abcd --experiment good", status: 2, error: "not both"),
        Call(line: "gc --apply", status: 2, error: "no results database"),
        Call(line: "doctor", status: 0, output: "no results database"),
        Call(line: "check good.yaml", status: 0, output: "ok: 2 rows, 4 trials"),
    ]

    @Test(arguments: calls)
    func exitCodeAndStreams(_ call: Call) throws {
        let sandbox = try Sandbox()
        try sandbox.write(MalformedFile.goodText, to: "good.yaml")
        let ending = try sandbox.shell("\"$ABLATE\" " + call.line)
        #expect(ending.status == call.status, "\(ending.error)")
        #expect(call.output.isEmpty || ending.output.contains(call.output), "\(ending.output)")
        #expect(call.error.isEmpty || ending.error.contains(call.error), "\(ending.error)")
        #expect(call.status == 0 ? ending.error.isEmpty : ending.output.isEmpty, "data and talk are apart")
        #expect(sandbox.contents == ["good.yaml"])
    }

    @Test(arguments: [
        "check", "plan", "describe", "run", "status", "results", "sql", "summary", "report", "data", "schema", "new",
        "show",
        "compare",
        "snapshot", "completions",
        "retry", "verify", "why", "remove", "restore", "doctor", "gc",
    ])
    func everyCommandExplainsItself(_ command: String) throws {
        let sandbox = try Sandbox()
        let ending = try sandbox.ablate(command, "--help")
        #expect(ending.status == 0 && ending.error.isEmpty)
        #expect(ending.output.hasPrefix("OVERVIEW: "))
        #expect(ending.output.contains("USAGE: ablate \(command)"))
        let root = try sandbox.ablate("--help")
        #expect(root.output.contains("  \(command) "))
        #expect(!root.output.contains("worker"), "workers are started by the program only")
    }

    @Test func aReaderWhoLeavesIsNoError() throws {
        let sandbox = try Sandbox()
        let ending = try sandbox.shell("\"$ABLATE\" schema --reference | head -1; \"$ABLATE\" schema | head -1")
        #expect(ending.status == 0)
        #expect(ending.lines.count == 2 && ending.error.isEmpty, "\(ending.error)")
    }

    @Test func theVariableNamesTheDatabase() throws {
        let sandbox = try Sandbox()
        let ending = try sandbox.ablate("status", environment: ["ABLATE_DATABASE": "elsewhere.sqlite"])
        #expect(ending.status == 2 && ending.error.contains("elsewhere.sqlite"))
    }

    @Test func aNewExperimentIsGood() throws {
        let sandbox = try Sandbox()
        let file = try sandbox.ablate("new", "first")
        try sandbox.write(file.output, to: "first.yaml")
        let check = try sandbox.ablate("check", "first.yaml")
        #expect(check.status == 0 && check.output.hasPrefix("ok: "), "\(check.error)")
        #expect(try sandbox.ablate("new", "first", "-o", "second.yaml").status == 0)
        #expect(try sandbox.read("second.yaml").contains("name: first"))
    }

    @Test func picturesAreWritten() throws {
        let sandbox = try Sandbox()
        let ending = try sandbox.ablate("data", "preview", "recall-grid", "--count", "2", "-o", "sheet.ppm")
        #expect(ending.status == 0 && ending.output.isEmpty)
        #expect(try sandbox.read("sheet.ppm").hasPrefix("P6\n"))
        #expect(sandbox.contents == ["sheet.ppm"])
    }
}
