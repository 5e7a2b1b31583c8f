import Experiments
import Foundation
import Testing

import Results

/// Who still lives, as far as it can be known from here.
@Suite struct LeaseTests {
    private let here = Lease.current()

    @Test func thisProcessLivesAndItsPredecessorDoesNot() {
        #expect(here.life(seenFrom: here) == .alive)
        var earlier = here
        earlier.processStart -= 1
        #expect(earlier.life(seenFrom: here) == .dead)
    }

    @Test func aHostThatWasRenamedIsTheSameHost() {
        var renamed = here
        renamed.host = "called-otherwise"
        #expect(renamed.life(seenFrom: here) == (here.boot.isEmpty ? .unknown : .alive))
    }

    @Test func aHostThatWasRestartedHoldsNothing() {
        var before = here
        before.boot = "another-start pid:[1]"
        #expect(before.life(seenFrom: here) == .dead)
        before.host = "another-host"
        #expect(before.life(seenFrom: here) == .unknown)
    }

    @Test func aContainerCannotLookIntoAnother() throws {
        let start = try #require(here.boot.split(separator: " ").first)
        var neighbour = here
        neighbour.boot = "\(start) pid:[1]"
        #expect(neighbour.life(seenFrom: here) == .unknown)
        neighbour.boot = String(start)
        #expect(neighbour.life(seenFrom: here) == .alive, "as schema 1 wrote it")
    }

    @Test func aDistantHolderIsLostWhenItFallsSilent() throws {
        let store = try Store.open(path: Samples.path())
        let experiment = Samples.experiment()
        try store.register(experiment: experiment, trials: Samples.entries(experiment))
        var distant = here
        (distant.host, distant.boot) = ("another-host", "another-start pid:[1]")
        let silent = try #require(try store.claim(trial: "M A/0", lease: distant))
        distant.processIdentifier += 1
        let busy = try #require(try store.claim(trial: "M A/1", lease: distant))
        let mine = try #require(try store.claim(trial: "M A/2"))
        #expect(try store.markLost() == 0)
        let signs = try store.reader.distantSigns(experiment: "pattern")
        #expect(Set(signs.keys) == [silent.attempt, busy.attempt])
        try store.beat([busy.attempt: StepProgress(step: 3, steps: 9)], lease: distant)
        try store.beat([mine.attempt: StepProgress(step: 4, steps: 9)])
        #expect(try store.markLost(silentSince: signs) == 1)
        let states = try store.reader.query("SELECT state, step FROM attempt ORDER BY id").rows
        #expect(
            states == [
                [.text("lost"), .null], [.text("running"), .integer(3)], [.text("running"), .integer(4)],
            ])
        #expect(try store.claim(trial: "M A/0")?.number == 2)
        let error = #expect(throws: StoreError.self) {
            try store.apply(event: Samples.outcome(0.5), attempt: silent.attempt)
        }
        #expect(error?.kind == .closed, "a holder that comes back is told")
        try Samples.remove(store.path)
    }

    @Test func onlyTheSilentOneIsSilent() {
        var silence = Silence()
        for second in 0...130 {
            silence.hear([1: "once", 2: "\(second / 5)"], after: .seconds(1))
        }
        #expect(silence.longer(than: .seconds(120)) == [1: "once"])
        silence.hear([2: "27"], after: .seconds(1))
        silence.hear([2: "27"], after: .seconds(169))
        #expect(silence.longer(than: .seconds(120)) == [2: "27"])
        silence.hear([:], after: .seconds(1))
        #expect(silence.longer(than: .zero).isEmpty)
    }
}
