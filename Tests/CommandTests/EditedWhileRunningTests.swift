import Foundation
import Testing

/// A file that is edited and run again while the first run is at work.
@Suite(.serialized) struct EditedWhileRunningTests {
    private static let text = SmallExperiment.text(seeds: 1, epochs: 8, examples: 128)

    private func begun(_ sandbox: Sandbox, _ text: String = Self.text) throws -> Sandbox.Running {
        try sandbox.write(text, to: "small.yaml")
        let running = try sandbox.start(["run", "small.yaml"])
        #expect(try running.waits(for: "epoch 1/8"))
        return running
    }

    /// Holds a run's workers still, so that it is at work for as long as `body` takes.
    private func holdingStill(_ running: Sandbox.Running, _ body: () throws -> Void) throws {
        let workers = try running.workers()
        #expect(!workers.isEmpty)
        workers.forEach { kill($0, SIGSTOP) }
        defer { workers.forEach { kill($0, SIGCONT) } }
        try body()
    }

    @Test func otherSettingsWaitForTheRunAndOtherWordsDoNot() throws {
        let sandbox = try Sandbox()
        let running = try begun(sandbox)
        try sandbox.write(Self.text.replacing("lr: 2e-3", with: "lr: 3e-3"), to: "edited.yaml")
        try holdingStill(running) {
            let refused = try sandbox.ablate("run", "edited.yaml")
            #expect(refused.status == 2 && refused.output.isEmpty, "\(refused.error)")
            let process = running.process.processIdentifier
            #expect(refused.error.contains("ablate: error: process \(process) on "), "\(refused.error)")
            #expect(refused.error.contains("would take 2 trials away from small meanwhile."), "\(refused.error)")
            #expect(!refused.error.contains("no longer count"), "nothing has changed: \(refused.error)")
        }
        try sandbox.write(Self.text.replacing("Does the program", with: "Will the program"), to: "words.yaml")
        let words = try sandbox.ablate("run", "words.yaml")
        let ending = try running.end()
        for ending in [ending, words] {
            #expect(ending.status == 0 && ending.output.contains("1/1"), "\(ending.error)")
            #expect(ending.output.contains("last") && ending.output.contains("first"))
        }
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 2)
        let edited = try sandbox.ablate("run", "edited.yaml")
        #expect(edited.status == 0 && edited.error.contains("2 finished trials of small no longer count"))
    }

    @Test func aRunThatWasKilledIsNotInTheWay() throws {
        let sandbox = try Sandbox()
        let running = try begun(sandbox)
        running.send(SIGKILL)
        _ = try running.end()
        try sandbox.write(Self.text.replacing("epochs: 8", with: "epochs: 2"), to: "small.yaml")
        let ending = try sandbox.ablate("run", "small.yaml")
        #expect(ending.status == 0 && ending.output.contains("1/1"), "\(ending.error)")
    }

    @Test func theCheckpointsOfAnotherRunStayWhereTheyAre() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1, epochs: 1).replacing("small", with: "brief"), to: "brief.yaml")
        let running = try begun(sandbox)
        try holdingStill(running) {
            let folder = sandbox.folder.appendingPathComponent("results/ablate.checkpoints")
            // Empty, as before the first epoch.
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                try FileManager.default.removeItem(at: file)
            }
            #expect(try sandbox.ablate("run", "brief.yaml").status == 0)
            #expect(sandbox.contents.contains("results/ablate.checkpoints"))
            // Somebody takes the folder away: it is made again.
            try FileManager.default.removeItem(at: folder)
        }
        let ending = try running.end()
        #expect(ending.status == 0 && !ending.error.contains("checkpoint"), "\(ending.error)")
        #expect(!sandbox.contents.contains("results/ablate.checkpoints"), "the last one removes it")
    }
}
