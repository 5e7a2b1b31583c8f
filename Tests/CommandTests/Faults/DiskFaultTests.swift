import Foundation
import Testing

/// Disks that are full, limited or not to be written to. Where no file system can be mounted, the tests that need one
/// are skipped.
@Suite struct DiskFaultTests {
    /// Whether this process may mount a file system.
    private static let canMount: Bool = {
        do {
            let sandbox = try Sandbox()
            return try SmallDisk(sandbox, at: "disk") != nil
        } catch {
            return false
        }
    }()

    private func experiment() throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        return sandbox
    }

    @Test(.enabled(if: canMount))
    func aFullDiskEndsTheRunAndKeepsWhatIsThere() throws {
        let sandbox = try experiment()
        let disk = try #require(try SmallDisk(sandbox, at: "results"))
        try disk.whileFull {
            let ending = try sandbox.ablate("run", "small.yaml")
            #expect(ending.status == 2 && ending.output.isEmpty)
            #expect(ending.error.contains("full"), "\(ending.error)")
        }
        #expect(try sandbox.ablate("run", "small.yaml").status == 0)
        try disk.whileFull {
            let again = try sandbox.ablate("run", "small.yaml")
            #expect([0, 2].contains(again.status), "\(again.error)")
            #expect(try sandbox.ablate("summary", "small").status == 0)
            #expect(try sandbox.outcomes().count > 4)
        }
    }

    @Test(.enabled(if: canMount))
    func anOutputFileIsWholeOrNotThere() throws {
        let sandbox = try experiment()
        let disk = try #require(try SmallDisk(sandbox, at: "disk", megabytes: 1))
        let commands = [
            "export --layout 'C | C3 | M4 A4 | M2 A2' -o disk/a.safetensors", "new mine -o disk/mine.yaml",
            "data preview recall-grid --count 64 -o disk/sheet.ppm",
        ]
        try disk.whileFull {
            for command in commands {
                let ending = try sandbox.shell("\"$ABLATE\" \(command)")
                #expect(ending.status == 2, "\(command)")
                #expect(ending.error.contains("can't be written"), "\(ending.error)")
            }
            #expect(sandbox.contents == ["disk", "disk/ballast", "small.yaml"])
        }
    }

    @Test(.enabled(if: canMount))
    func aReadOnlyFolderIsReadAndNotWritten() throws {
        let sandbox = try experiment()
        let disk = try #require(try SmallDisk(sandbox, at: "results"))
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        let before = try sandbox.ablate("summary", "small").output
        try disk.forbidWriting()
        let run = try sandbox.ablate("run", "small.yaml", "-q")
        #expect(run.status == 2 && run.error.contains("Change the permissions"), "\(run.error)")
        let summary = try sandbox.ablate("summary", "small")
        #expect(summary.status == 0 && summary.output == before, "\(summary.error)")
        #expect(try sandbox.outcomes().count > 4)
    }

    /// The shell's limit on the length of files, which needs no right to mount; ThreadSanitizer does not start under it.
    @Test(.disabled(if: Sandbox.isSanitized))
    func aLimitOnFilesIsToldAsSuch() throws {
        let sandbox = try experiment()
        let ending = try sandbox.shell("ulimit -f 40; exec \"$ABLATE\" run small.yaml -q")
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.error.contains("refuses to be written") || ending.error.contains("full"), "\(ending.error)")
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
    }
}
