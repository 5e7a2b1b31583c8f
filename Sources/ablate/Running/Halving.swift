import Experiments
import Results
import Training

/// `ablate run --halving`: trains all rows for a few epochs, and the better ones on to the end.
struct Halving {
    let session: RunSession
    /// The share of the rows that goes on.
    let keep: Double

    /// Trains rung by rung until the last rows are done, the time is over, or somebody stops it.
    func run() async throws -> RunTally {
        let plan = try HalvingPlan(of: session.experiment, keep: keep)
        var tally = RunTally()
        var rows = session.rows.map(\.name)
        for (rung, epochs) in plan.epochs.enumerated() {
            let isLast = rung == plan.epochs.count - 1
            tally += try await session.run(rows: Set(rows), pauseAfter: isLast ? nil : epochs)
            if session.control.isStopping || tally.interrupted > 0 || isLast { break }
            let outcomes = try session.store.decide(
                rung: rung, of: plan, rows: rows, seeds: session.seeds, always: session.experiment.namedRows,
                experiment: session.name)
            let count = rows.count
            rows = outcomes.filter { $0.decision != .stopped }.map(\.row)
            session.talk.say(
                "ablate: after epoch \(epochs) of \(plan.epochs.last ?? epochs), \(rows.count) of \(counted(count, "row")) go on"
                    + (outcomes.hasTie ? "; of rows that were equal, those that come first in the file" : ""))
        }
        return tally
    }
}

extension [RungOutcome] {
    /// Whether a row went on and another, which was as good, did not.
    fileprivate var hasTie: Bool {
        let promoted = Set(filter { $0.decision == .promoted }.compactMap(\.value))
        return contains { $0.decision == .stopped && $0.value.map(promoted.contains) ?? false }
    }
}

extension HalvingPlan {
    /// The plan of an experiment's rows.
    ///
    /// - Throws: `Refusal` where they can't be stopped early, or not be compared on the way.
    init(of experiment: Experiment, keep: Double) throws {
        let epochs = Set(experiment.rows.map(\.train.epochs))
        guard epochs.count == 1, let epochs = epochs.first else {
            throw Refusal(
                "the rows have different numbers of epochs, so they can't be compared on the way",
                remedy: "Give them the same `epochs`, or leave --halving out")
        }
        guard experiment.rows.allSatisfy({ $0.dataset.validation > 0 }) else {
            throw Refusal(
                "--halving chooses by validation, and there are no validation examples",
                remedy: "Write `validation: 1000` into `dataset:`")
        }
        guard epochs > 1 else {
            throw Refusal("trials of one epoch can't be stopped early", remedy: "Leave --halving out")
        }
        self.init(epochs: epochs, keep: keep)
    }
}

extension Experiment {
    /// Rows that were named before anything was seen: they go on whatever their place.
    var namedRows: Set<String> {
        claims.reduce(into: [reference]) { $0.formUnion([$1.better, $1.worse]) }
    }
}
