import Foundation
import Testing

/// Standard output and standard error that are full, closed or gone.
@Suite struct StreamFaultTests {
    /// `/dev/full` refuses every byte as a full disk does.
    @Test(arguments: ["data list", "schema", "new mine", "describe 'C | M2 A2' --format json"])
    func dataThatCannotBeWrittenIsAnError(_ line: String) throws {
        let sandbox = try Sandbox()
        let ending = try sandbox.shell("\"$ABLATE\" \(line) > /dev/full")
        #expect(ending.status == 2)
        #expect(ending.error.contains("standard output can't be written: No space left on device"), "\(ending.error)")
    }

    @Test func aReaderThatHasGoneIsNoError() throws {
        let sandbox = try Sandbox()
        let ending = try sandbox.shell("\"$ABLATE\" schema | true; echo ${PIPESTATUS[0]}")
        #expect(["0\n", "141\n"].contains(ending.output) && ending.error.isEmpty, "\(ending)")
    }

    @Test func aRunGoesOnWithoutAnybodyWhoListens() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let ending = try sandbox.shell("{ \"$ABLATE\" run small.yaml 2>&1; echo $? > status; } | true; wait")
        #expect(ending.status == 0)
        while sandbox.contents.contains("status") == false { Thread.sleep(forTimeInterval: 0.02) }
        #expect(try sandbox.count("SELECT count(*) FROM trial WHERE state = 'done'") == 4)
    }

    @Test func aPipeStaysAPipe() throws {
        let sandbox = try Sandbox()
        let layout = "C | C | M2 A2"
        let ending = try sandbox.shell(
            """
            "$ABLATE" export --layout '\(layout)' --seed 1 -o file.safetensors; mkfifo pipe; cat pipe > copy &
            "$ABLATE" export --layout '\(layout)' --seed 1 -o pipe && wait && test -p pipe
            """)
        #expect(ending.status == 0, "\(ending.error)")
        let files = try ["file.safetensors", "copy"].map {
            try Data(contentsOf: sandbox.folder.appendingPathComponent($0))
        }
        #expect(files[0] == files[1] && files[0].count > 1000)
        #expect(sandbox.contents == ["copy", "file.safetensors", "pipe"])
    }

    /// `script` gives the run a terminal of its own, which closes when `script` is killed.
    @Test func aTerminalThatCloses() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1, epochs: 40, examples: 256), to: "small.yaml")
        let line = "$ABLATE run small.yaml --jobs 1"
        let terminal = try sandbox.start(
            ["-qec", line, "typescript"], program: URL(fileURLWithPath: "/usr/bin/script"))
        while try sandbox.count("SELECT count(*) FROM epoch") ?? 0 == 0 { Thread.sleep(forTimeInterval: 0.02) }
        terminal.send(SIGKILL)
        _ = try terminal.end()
        #expect(sandbox.processes.isEmpty)
        let status = try sandbox.ablate("status", "small", "--format", "csv")
        #expect(status.output.contains("interrupted") && !status.output.contains("running"), "\(status.output)")
    }
}
