import Foundation
import Testing

/// A database that is taken away while a run writes to it.
@Suite struct DatabaseFaultTests {
    private static let text = SmallExperiment.text(seeds: 2, epochs: 8, examples: 128)

    private func begun() throws -> (Sandbox, Sandbox.Running) {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text, to: "small.yaml")
        let running = try sandbox.start(["run", "small.yaml", "--jobs", "1"])
        #expect(try running.waits(for: "epoch 2/8"))
        return (sandbox, running)
    }

    /// Puts the rescued copy back, runs again, and compares with a run that was left alone.
    private func goesOn(_ sandbox: Sandbox) throws {
        let file = "results/ablate.sqlite"
        _ = try sandbox.shell("rm -f \(file) \(file)-wal \(file)-shm; mv \(file).rescued \(file)")
        let ending = try sandbox.ablate("run", "small.yaml")
        #expect(ending.status == 0, "\(ending.error)")
        #expect(ending.error.contains("goes on after epoch"), "\(ending.error)")
        let calm = try Sandbox()
        try calm.write(Self.text, to: "small.yaml")
        #expect(try calm.ablate("run", "small.yaml", "-q").status == 0)
        #expect(try sandbox.outcomes() == calm.outcomes())
        let left = sandbox.contents.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }
        #expect(left == ["results", file, "small.yaml"])
    }

    @Test func removedWhileRunning() throws {
        let (sandbox, running) = try begun()
        _ = try sandbox.shell("rm results/ablate.sqlite*")
        let ending = try running.end()
        #expect(ending.status == 2, "\(ending.error)")
        #expect(ending.error.contains("was removed while this command was writing to it"), "\(ending.error)")
        #expect(ending.error.contains("saved in results/ablate.sqlite.rescued"), "\(ending.error)")
        try goesOn(sandbox)
    }

    @Test func replacedWhileRunning() throws {
        let (sandbox, running) = try begun()
        _ = try sandbox.shell("echo other > other; mv other results/ablate.sqlite")
        let ending = try running.end()
        #expect(ending.status == 2, "\(ending.error)")
        #expect(ending.error.contains("was replaced while this command was writing to it"), "\(ending.error)")
        #expect(try sandbox.read("results/ablate.sqlite") == "other\n")
        try goesOn(sandbox)
    }
}
