import Foundation
import Testing

/// Several runs on one database share the work and do none of it twice.
@Suite(.serialized) struct SharedDatabaseTests {
    private static let text = SmallExperiment.text(seeds: 3, epochs: 3, examples: 128)

    private func undisturbed(_ sandbox: Sandbox) throws -> [String] {
        try sandbox.ablate("run", "small.yaml", "-q", "--database", "alone.sqlite").isFine()
        return try sandbox.outcomes("alone.sqlite")
    }

    @Test func twoRunsOfOneExperiment() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text, to: "small.yaml")
        let runs = try (0..<2).map { _ in try sandbox.start(["run", "small.yaml", "--jobs", "1"]) }
        let reading = try sandbox.shell(
            "for i in 1 2 3 4 5 6; do $ABLATE status > /dev/null || [ ! -e results/ablate.sqlite ]; sleep 0.1; done")
        #expect(reading.status == 0, "\(reading.error)")
        let endings = try runs.map { try $0.end() }
        #expect(endings.allSatisfy { $0.status == 0 }, "\(endings.map(\.error))")
        #expect(
            endings[0].output == endings[1].output && endings[0].output.contains("3/3"), "both tell the whole result")
        #expect(endings.allSatisfy { $0.error.contains("]") && !$0.error.contains("locked") })
        // Each counts what the other has done: the trial that ends last is the last of all.
        #expect(endings.contains { $0.error.contains(#/\[(\d)/\1\]/#) }, "\(endings.map(\.error))")
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 6)
        #expect(try sandbox.count("SELECT count(DISTINCT lease_pid) FROM attempt") == 2)
        #expect(try sandbox.outcomes() == undisturbed(sandbox))
    }

    @Test func twoExperimentsThatHaveTrialsInCommon() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text, to: "small.yaml")
        try sandbox.write(Self.text.replacing("name: small", with: "name: other"), to: "other.yaml")
        let runs = try ["small.yaml", "other.yaml"].map { try sandbox.start(["run", $0, "--jobs", "1"]) }
        let endings = try runs.map { try $0.end() }
        #expect(endings.allSatisfy { $0.status == 0 }, "\(endings.map(\.error))")
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 6)
        #expect(try sandbox.count("SELECT count(*) FROM v_trials WHERE state = 'done'") == 12)
        // Removing one of them takes no trial from the other, and says so.
        let removed = try sandbox.ablate("remove", "--experiment", "other")
        #expect(
            removed.error.contains("experiment other removed; its 6 trials stay as they are, because other rows"),
            "\(removed.error)")
        let restored = try sandbox.ablate("restore", "--experiment", "other")
        #expect(restored.error.contains("experiment other restored; its 6 trials stay"), "\(restored.error)")
    }

    @Test func theOneThatIsLeftTakesOverWhatTheOtherLeaves() throws {
        let sandbox = try Sandbox()
        let text = SmallExperiment.text(seeds: 1, epochs: 8, examples: 128)
        try sandbox.write(text, to: "small.yaml")
        let first = try sandbox.start(["run", "small.yaml", "--jobs", "2"])
        #expect(try first.waits(for: "epoch 2/8"))
        let second = try sandbox.start(["run", "small.yaml", "--jobs", "2"])
        #expect(try second.waits(for: "waiting for"))
        first.send(SIGKILL)
        _ = try first.end()
        let ending = try second.end()
        #expect(ending.status == 0, "\(ending.error)")
        #expect(ending.error.contains("goes on after epoch"), "\(ending.error)")
        #expect(try sandbox.count("SELECT count(*) FROM attempt WHERE state = 'lost'") ?? 0 >= 1)
        #expect(try sandbox.outcomes() == undisturbed(sandbox))
    }

    @Test func waitingCanBeStopped() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1, epochs: 60, examples: 128), to: "small.yaml")
        let first = try sandbox.start(["run", "small.yaml", "--jobs", "2"])
        #expect(try first.waits(for: "epoch 1/60"))
        let second = try sandbox.start(["run", "small.yaml"])
        #expect(try second.waits(for: "waiting for 2 trials"))
        second.send(SIGINT)
        #expect(try second.end().status == 130)
        #expect(first.process.isRunning)
        first.send(SIGINT)
        #expect(try first.end().status == 130)
    }
}
