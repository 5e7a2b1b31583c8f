import Foundation
import Testing

/// Kill, stop and starve a sweep at random moments: the table is that of a sweep that was left alone.
///
/// The variables `ABLATE_SOAK_EVENTS` and `ABLATE_SOAK_SEED` make it longer and different (`make soak`). The seed fixes
/// what happens; when exactly it strikes is the machine's.
@Suite struct SoakTests {
    @Test func whateverHappensTheTableIsTheSame() throws {
        let variables = ProcessInfo.processInfo.environment
        let events = variables["ABLATE_SOAK_EVENTS"].flatMap { Int($0) } ?? 6
        let seed = variables["ABLATE_SOAK_SEED"].flatMap { UInt64($0) } ?? 1
        let soak = Soak(events: events, seed: seed)
        defer {
            let counts = SoakEvent.allCases.map { "\($0) \(soak.counts[$0] ?? 0)" }.joined(separator: ", ")
            print("soak, seed \(seed): \(soak.rounds) sweeps, \(soak.history.count) events: \(counts)")
        }
        try soak.run()
        #expect(soak.history.count >= events)
    }
}
