import Foundation
import Randomness
import Testing

/// A sweep that is disturbed at random moments, again and again until nothing is left to train, and then compared with
/// one that was left alone.
final class Soak {
    private static let text = SmallExperiment.text(seeds: 2, epochs: 8, examples: 256)
    private static let command = ["run", "small.yaml", "-q", "--jobs", "2"]

    private let events: Int
    private var generator: RandomGenerator
    /// What has happened, for whoever has to find out why.
    private(set) var history: [String] = []
    /// How often each thing happened.
    private(set) var counts: [SoakEvent: Int] = [:]
    private(set) var rounds = 0
    private var running: [Sandbox.Running] = []
    private var allowed: Set<Int32> = []

    init(events: Int, seed: UInt64) {
        self.events = events
        generator = RandomKey(seed: seed)["soak"].generator
    }

    private var happened: Int { counts.values.reduce(0, +) }

    func run() throws {
        let calm = try Sandbox()
        try calm.write(Self.text, to: "small.yaml")
        #expect(try calm.start(Self.command).end().status == 0)
        let expected = try SoakOutcome(calm)
        while happened < events {
            try round(expected)
            rounds += 1
        }
    }

    /// One sweep from its first trial to its last.
    private func round(_ expected: SoakOutcome) throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.text, to: "small.yaml")
        let disk = try SmallDisk(sandbox, at: "results")
        allowed = [0, 1]
        var runs = 0
        repeat {
            if running.isEmpty || running.count < 2 && chance(4) {
                running.append(try sandbox.start(Self.command))
                runs += 1
                try #require(runs < 40 * max(events, 10), "no end in sight")
            }
            if happened < events {
                try disturb(disk)
            }
            try collect(waiting: happened >= events)
        } while try !running.isEmpty || sandbox.count("SELECT count(*) FROM trial WHERE state <> 'done'") != 0
        try expected.check(sandbox)
    }

    /// Lets something happen to one of the coordinators, unless it ends before.
    private func disturb(_ disk: SmallDisk?) throws {
        Thread.sleep(forTimeInterval: 0.05 + 0.01 * Double(generator.index(below: 40)))
        let victim = running[generator.index(below: running.count)]
        let event = SoakEvent.allCases[generator.index(below: SoakEvent.allCases.count)]
        let workers = victim.workersIfRunning
        guard !workers.isEmpty, event != .fillDisk || disk != nil else { return }
        let pause = 0.05 + 0.01 * Double(generator.index(below: 30))
        try event.happen(
            to: victim, worker: workers[generator.index(below: workers.count)], disk: disk, pause: pause)
        counts[event, default: 0] += 1
        history.append("\(event) after \(pause) s with \(running.count) running")
        // A full disk is everybody's; what it broke may be noticed at the next event only.
        allowed.formUnion(event.exitCodes)
    }

    /// Takes leave of the coordinators that have ended.
    private func collect(waiting: Bool) throws {
        for ended in running where waiting || !ended.process.isRunning {
            let ending = try ended.end()
            try #require(
                allowed.contains(ending.status), "exit code \(ending.status): \(ending.error)\n\(history.suffix(5))")
        }
        running.removeAll { !$0.process.isRunning }
    }

    private func chance(_ one: Int) -> Bool { generator.index(below: one) == 0 }
}

extension Sandbox.Running {
    /// The workers; none where the coordinator has ended.
    var workersIfRunning: [Int32] {
        do {
            return try workers()
        } catch {
            return []
        }
    }
}
