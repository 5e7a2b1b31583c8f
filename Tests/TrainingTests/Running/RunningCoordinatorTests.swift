import Experiments
import Foundation
import Synchronization
import Testing
import Training

/// The coordinator's own conduct: which trials it starts, how it stops, what it does where it can't write.
@Suite struct RunningCoordinatorTests {
    @Test func oneBadWorkerCostsOneAttempt() async throws {
        let journal = MemoryJournal(trials: 6)
        let script = "read job; case $job in *'\"seed\":2'*) kill -SEGV $$;; *) echo \"$FINISHED\";; esac"
        let tally = try await coordinate(script, journal: journal, jobs: 2)
        #expect(tally.finished == 5 && tally.failed == 1)
        #expect(journal.failure(of: 3)?.message.contains("SIGSEGV") == true)
    }

    @Test func theJobReachesTheWorkerWhole() async throws {
        let journal = MemoryJournal(
            trials: 1, execution: ExecutionSettings(threads: 2, checkpoint: "/a b/ü.checkpoint", memoryLimit: 1 << 30))
        let script = "read -r job; echo \"$job\" | cut -c1-120 >&2; exit 1"
        _ = try await coordinate(script, journal: journal)
        let message = try #require(journal.failure()?.message)
        #expect(message.contains("\"threads\":2") && message.contains("/a b/ü.checkpoint"), "\(message)")
        #expect(message.contains("memory limit is 1024 MiB") == false, "an exit code is no sign of too little memory")
    }

    @Test func jobsRunAtTheSameTime() async throws {
        let running = Mutex((now: 0, most: 0))
        let journal = MemoryJournal(trials: 6)
        let script = "sleep 0.2; echo \"$FINISHED\""
        _ = try await coordinate(script, journal: journal, jobs: 3) { news in
            running.withLock { running in
                switch news {
                case .claimed: running.now += 1
                case .event(_, .finished): running.now -= 1
                default: break
                }
                running.most = max(running.most, running.now)
            }
        }
        #expect(running.withLock { $0.most } == 3)
    }

    @Test func firstStopAsksAndNothingNewIsStarted() async throws {
        let journal = MemoryJournal(trials: 3)
        let script = """
            trap 'echo "$EPOCH"; exit 1' TERM
            echo "$EPOCH"; for i in $(seq 600); do sleep 0.1; done
            """
        let tally = try await stopping(script, journal: journal, times: 1)
        #expect(tally.wasStopped && tally.interrupted == 1 && tally.failed == 0)
        #expect(journal.failure()?.reason == .interrupted)
        #expect(journal.events(of: 1).count == 3, "what the worker says while it stops is written down")
        #expect(journal.events(of: 2).isEmpty)
    }

    @Test func secondStopKills() async throws {
        let journal = MemoryJournal(trials: 2)
        let script = "trap '' TERM; echo \"$EPOCH\"; for i in $(seq 600); do sleep 0.1; done"
        let tally = try await stopping(script, journal: journal, times: 2)
        #expect(tally.wasStopped && tally.interrupted == 1)
        #expect(journal.failure()?.reason == .interrupted)
    }

    @Test func aWorkerThatDoesNotStopIsKilledAfterTheGrace() async throws {
        let journal = MemoryJournal(trials: 2)
        let script = "trap '' TERM; echo \"$EPOCH\"; for i in $(seq 600); do sleep 0.1; done"
        let tally = try await stopping(script, journal: journal, times: 1, grace: .milliseconds(500))
        #expect(tally.wasStopped && tally.interrupted == 1)
    }

    @Test func aTrialThatWasTakenOverCostsItsOwnWorkerOnly() async throws {
        let journal = MemoryJournal(trials: 3, refused: 2)
        let takenOver = Mutex<[String]>([])
        let script = """
            read job; echo "$EPOCH"
            case $job in *'"seed":1'*) for i in $(seq 600); do sleep 0.1; echo "$EPOCH"; done;; *) echo "$FINISHED";; esac
            """
        let tally = try await coordinate(script, journal: journal, jobs: 2) { news in
            if case .takenOver(let trial) = news { takenOver.withLock { $0.append("\(trial.label)") } }
        }
        #expect(tally.finished == 2 && tally.failed == 0 && tally.interrupted == 0 && !tally.wasStopped)
        #expect(takenOver.withLock { $0 } == ["row, seed 1"], "said once, however much the worker still says")
        #expect(journal.events(of: 2).isEmpty)
    }

    @Test func aFullJournalEndsTheRunAndTheWorkers() async throws {
        let journal = MemoryJournal(trials: 3, capacity: 1)
        let script = "for i in $(seq 600); do echo \"$EPOCH\"; sleep 0.1; done"
        await #expect(throws: MemoryJournal.Full.self) {
            try await coordinate(script, journal: journal, jobs: 2)
        }
    }

    @Test func aProgramThatIsMissingEndsTheRun() async throws {
        let journal = MemoryJournal(trials: 3)
        let settings = Coordinator.Settings(
            jobs: 1, command: WorkerCommand(executable: "/nonexistent/worker", arguments: []))
        await #expect(throws: WorkerLaunchError.self) {
            try await Coordinator(journal: journal, settings: settings).run()
        }
        #expect(journal.failure()?.reason == .interrupted, "the trial is not to blame")
        #expect(journal.events(of: 2).isEmpty)
    }

    /// Runs one fake worker and asks to stop as often as given once the worker has reported its first epoch.
    private func stopping(
        _ script: String, journal: MemoryJournal, times: Int, grace: Duration = .seconds(60)
    ) async throws -> RunTally {
        let (news, continuation) = AsyncStream.makeStream(of: RunNews.self)
        let settings = Coordinator.Settings(jobs: 1, command: FakeWorker.running(script), grace: grace)
        let coordinator = Coordinator(journal: journal, settings: settings) { continuation.yield($0) }
        async let tally = coordinator.run()
        for await item in news {
            if case .event(_, .epoch) = item { break }
        }
        for _ in 0..<times {
            await coordinator.stop()
        }
        return try await tally
    }
}
