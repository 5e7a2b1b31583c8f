import Foundation
import Testing

/// `retry` trains again what ended without a result, says why it had, and touches nothing else.
@Suite(.serialized) struct RetryTests {
    /// A sweep whose first worker was ended by this signal in its second epoch; the other trial is done.
    private func broken(_ signal: Int32) throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1, epochs: 6, examples: 128), to: "small.yaml")
        let running = try sandbox.start(["run", "small.yaml", "--jobs", "1"])
        #expect(try running.waits(for: "epoch 2/6"))
        kill(try #require(try running.workers().first), signal)
        #expect(try running.end().status == 1)
        return sandbox
    }

    @Test func aFailedTrialIsRetriedAndNothingElse() throws {
        let sandbox = try broken(SIGSEGV)
        let again = try sandbox.ablate("run", "small.yaml")
        #expect(
            again.status == 1 && again.error.contains("Nothing to run: 1 of 2 trials done, 1 failed or diverged"),
            "\(again.error)")
        let preview = try sandbox.ablate("retry", "--preview", "--format", "csv")
        #expect(preview.status == 0 && preview.output.contains("SIGSEGV"), "\(preview.output)")
        #expect(preview.lines.count == 2)
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 2)
        let others = [
            ["--state", "diverged"], ["--experiment", "small", "--seed", "7"],
            ["--experiment", "small", "--row", "first"],
        ]
        for choice in others {
            let ending = try sandbox.start(["retry"] + choice).end()
            #expect(ending.status == 0 && ending.error.contains("Nothing to retry"), "\(choice): \(ending.error)")
        }
        try FileManager.default.removeItem(at: sandbox.folder.appendingPathComponent("small.yaml"))
        let retried = try sandbox.ablate("retry")
        #expect(retried.status == 0, "\(retried.error)")
        #expect(retried.error.contains("last, seed 0: The worker was ended by SIGSEGV"), "\(retried.error)")
        #expect(retried.error.contains("goes on after epoch") && retried.output.contains("last > first"))
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 3)
        #expect(try sandbox.outcomes().count > 4)
        #expect(try sandbox.ablate("retry", "--preview").error.contains("Nothing to retry: no trial has ended"))
        let done = try sandbox.ablate("retry", "small/first/0")
        #expect(done.status == 0 && done.error.contains("Nothing to retry: first, seed 0 ("), "\(done.error)")
        #expect(done.error.contains(") is done."))
    }

    @Test func anInterruptedTrialCanBeChosenByItsIdentity() throws {
        let sandbox = try broken(SIGKILL)
        let listed = try sandbox.ablate("retry", "--preview", "--format", "json").output
        let identity = try #require(listed.firstMatch(of: /[0-9a-f]{64}/)).0
        let retried = try sandbox.ablate("retry", String(identity.prefix(12)), "-q")
        #expect(retried.status == 0 && retried.error.isEmpty, "\(retried.error)")
        #expect(try sandbox.count("SELECT count(*) FROM v_trials WHERE state = 'done'") == 2)
    }
}
