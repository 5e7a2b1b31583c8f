import Foundation
import Testing

/// Whatever stops a run, the same command goes on with it and ends with the same bits.
@Suite(.serialized) struct InterruptionTests {
    private static let text = SmallExperiment.text(seeds: 1, epochs: 8, examples: 128)

    /// What an undisturbed run gives.
    private func undisturbed() throws -> [String] {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text, to: "small.yaml")
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        return try sandbox.outcomes()
    }

    /// Starts a run and waits until a trial has its first checkpoint.
    private func begun(_ sandbox: Sandbox, _ options: String...) throws -> Sandbox.Running {
        try sandbox.write(Self.text, to: "small.yaml")
        let running = try sandbox.start(["run", "small.yaml"] + options)
        #expect(try running.waits(for: "epoch 2/8"))
        return running
    }

    /// Runs again and compares with the undisturbed run.
    private func resumes(_ sandbox: Sandbox) throws {
        let ending = try sandbox.ablate("run", "small.yaml")
        #expect(ending.status == 0, "\(ending.error)")
        #expect(ending.error.contains("goes on after epoch"), "\(ending.error)")
        #expect(try sandbox.outcomes() == undisturbed())
        #expect(try sandbox.count("SELECT count(*) FROM attempt WHERE state = 'running'") == 0)
        #expect(!sandbox.contents.contains { $0.hasSuffix(".checkpoint") }, "\(sandbox.contents)")
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func aSignalToTheCoordinator(_ signal: Int32) throws {
        let sandbox = try Sandbox()
        let running = try begun(sandbox)
        running.send(signal)
        let ending = try running.end()
        #expect(ending.status == 130 && ending.output.isEmpty, "\(ending.error)")
        #expect(ending.error.contains("Run it again to go on"))
        let status = try sandbox.ablate("status", "small", "--format", "csv")
        #expect(status.output.contains("interrupted") && !status.output.contains("running"), "\(status.output)")
        if signal == SIGINT { try resumes(sandbox) }
    }

    @Test func killedCoordinator() throws {
        let sandbox = try Sandbox()
        let running = try begun(sandbox)
        let workers = try running.workers()
        #expect(!workers.isEmpty)
        running.send(SIGKILL)
        #expect(try running.end().status == 128 + SIGKILL)
        let status = try sandbox.ablate("status", "small", "--format", "csv")
        #expect(status.output.contains("lost") && !status.output.contains("running"), "\(status.output)")
        for worker in workers {
            while kill(worker, 0) == 0 { Thread.sleep(forTimeInterval: 0.01) }
        }
        try resumes(sandbox)
    }

    @Test func killedWorker() throws {
        let sandbox = try Sandbox()
        let running = try begun(sandbox, "--jobs", "1")
        let worker = try #require(try running.workers().first)
        kill(worker, SIGKILL)
        let ending = try running.end()
        #expect(ending.status == 1, "\(ending.error)")
        let status = try sandbox.ablate("status", "small", "--format", "csv")
        #expect(status.output.contains("SIGKILL") && status.output.contains("done"), "\(status.output)")
        try resumes(sandbox)
    }

    @Test func workerThatHangs() throws {
        let sandbox = try Sandbox()
        let running = try begun(sandbox, "--jobs", "1", "--patience", "2")
        let worker = try #require(try running.workers().first)
        kill(worker, SIGSTOP)
        let ending = try running.end()
        #expect(ending.status == 1)
        #expect(ending.error.contains("said nothing for 2 s and was killed"), "\(ending.error)")
    }

    @Test func secondSignalKills() throws {
        let sandbox = try Sandbox()
        let running = try begun(sandbox, "--jobs", "1")
        let worker = try #require(try running.workers().first)
        kill(worker, SIGSTOP)
        running.send(SIGINT)
        #expect(try running.waits(for: "Press Ctrl-C again"))
        running.send(SIGINT)
        #expect(try running.end().status == 130)
        #expect(kill(worker, 0) != 0)
    }
}
