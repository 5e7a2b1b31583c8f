import Experiments
import Testing
import Training

/// How a worker ends decides what is written down, and costs its own attempt only.
@Suite struct RunningWorkerEndTests {
    /// A script, the reason that is stored, and a part of the message.
    static let endings: [(script: String, reason: Failure.Reason, part: String)] = [
        ("kill -SEGV $$", .crashed, "SIGSEGV (signal 11)"),
        ("kill -KILL $$", .interrupted, "SIGKILL (signal 9) (where no person did it, the system ran out of memory"),
        ("kill -ABRT $$", .crashed, "SIGABRT"),
        ("exit 7", .crashed, "exit code 7"),
        ("exit 0", .crashed, "without a result"),
        ("read job; exec true", .crashed, "without a result"),
        ("echo 'Fatal error: index out of range' >&2; kill -ILL $$", .crashed, "it said: Fatal error: index out"),
        ("echo 'Fatal error: failed to allocate 8 bytes' >&2; kill -SEGV $$", .crashed, "got no more memory"),
        ("printf 'a\\033[31mb\\n' >&2; exit 1", .crashed, "it said: a[31mb"),
        ("echo garbage; sleep 60", .crashed, "no event"),
        ("echo \"$EPOCH\"; echo '{\"unknown\":{}}'; sleep 60", .crashed, "no event"),
        ("printf '%s' \"$FINISHED\"", .crashed, "without a result"),
        ("printf '\\377\\376\\n'; sleep 60", .crashed, "no event"),
        ("echo \"$DIVERGED\"", .diverged, "the loss is NaN"),
        ("echo \"$DIVERGED\"; kill -SEGV $$", .diverged, "the loss is NaN"),
        ("yes x | tr -d '\\n'", .crashed, "without an end"),
        ("exec >&-; sleep 60", .interrupted, "SIGTERM"),
        ("sleep 60 & exit 5", .crashed, "exit code 5"),
    ]

    @Test(arguments: endings)
    func endingIsExplained(_ ending: (script: String, reason: Failure.Reason, part: String)) async throws {
        let journal = MemoryJournal(trials: 1)
        let tally = try await coordinate(ending.script, journal: journal)
        let failure = try #require(journal.failure())
        #expect(failure.reason == ending.reason)
        #expect(failure.message.contains(ending.part), "\(failure.message)")
        #expect(tally.failed + tally.interrupted == 1 && tally.finished == 0 && !tally.wasStopped)
        #expect((tally.interrupted == 1) == (ending.reason == .interrupted))
    }

    @Test func silentWorkerIsKilled() async throws {
        let journal = MemoryJournal(trials: 1)
        let script = "trap '' TERM; echo \"$EPOCH\"; sleep 60"
        _ = try await coordinate(script, journal: journal, allowedSilence: .milliseconds(1200))
        let failure = try #require(journal.failure())
        #expect(failure.reason == .crashed)
        #expect(failure.message.contains("said nothing for 1 s"), "\(failure.message)")
        #expect(journal.events(of: 1).count == 2)
    }

    @Test func theMemoryLimitIsNamedWhereItWasReached() async throws {
        let journal = MemoryJournal(trials: 1, execution: ExecutionSettings(memoryLimit: 256 << 20))
        _ = try await coordinate("echo 'Fatal error: failed to allocate 8 bytes' >&2; kill -ILL $$", journal: journal)
        let failure = try #require(journal.failure())
        #expect(failure.reason == .crashed)
        #expect(
            failure.message.contains(
                "more than its memory limit of 256 MiB: give more with `ablate retry --memory 512M`"),
            "\(failure.message)")
    }

    @Test func wordsKeepASlowWorkerAlive() async throws {
        let journal = MemoryJournal(trials: 1)
        let script = "for i in 1 2 3 4 5; do sleep 0.3; echo \"$PROGRESS\"; done; echo \"$FINISHED\""
        let tally = try await coordinate(script, journal: journal, allowedSilence: .seconds(1))
        #expect(tally.finished == 1)
        #expect(journal.events(of: 1).count == 1, "progress is not written down")
    }

    @Test func finishedCountsEvenIfTheWorkerCrashesAfterwards() async throws {
        let journal = MemoryJournal(trials: 1)
        let tally = try await coordinate("echo \"$EPOCH\"; echo \"$FINISHED\"; kill -SEGV $$", journal: journal)
        #expect(tally.finished == 1)
        #expect(journal.events(of: 1).count == 2)
    }

    @Test func aLineThatArrivesInPiecesIsOneEvent() async throws {
        let journal = MemoryJournal(trials: 1)
        let script = """
            printf '%s' "$EPOCH" | cut -c1-20 | tr -d '\\n'; sleep 0.2
            printf '%s' "$EPOCH" | cut -c21-; printf '%s\\n%s\\n' "$EPOCH" "$FINISHED"
            """
        let tally = try await coordinate(script, journal: journal)
        #expect(tally.finished == 1)
        #expect(journal.events(of: 1).count == 3)
    }

    @Test func infiniteNumbersSurviveTheJourney() async throws {
        let journal = MemoryJournal(trials: 1)
        _ = try await coordinate("echo \"$EPOCH\"; echo \"$FINISHED\"", journal: journal)
        guard case .epoch(let report) = journal.events(of: 1).first else {
            Issue.record("the first event is no epoch")
            return
        }
        #expect(report.gradientNorm == .infinity)
    }
}
