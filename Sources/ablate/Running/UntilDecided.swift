import Experiments
import Results
import Training

/// `ablate run --until-decided`: trains the file's seeds, then adds pairs of seeds where they decide a claim soonest.
struct UntilDecided {
    let session: RunSession
    /// The most seeds of a row; nil for what was fixed before, or the usual.
    let maxSeeds: Int?

    /// Trains until every claim is decided or can't be, the time is over, or somebody stops it.
    func run() async throws -> RunTally {
        let plan = try begin()
        var tally = RunTally()
        while true {
            tally += try await session.run()
            let summary = try session.summary()
            try session.store.noteLooks(summary)
            let decided = summary.claims.count { $0.verdict != .undecided }
            session.talk.say("ablate: \(decided) of \(counted(summary.claims.count, "claim")) decided")
            if session.control.isStopping || tally.interrupted > 0 { return tally }
            let added = NextSeeds(summary, plan: plan).choose(trials: session.workers)
            guard !added.isEmpty else { return tally }
            let list = added.map { "\($0.row) gets seed \($0.seed)" }
            session.talk.say("ablate: \(list.joined(separator: ", "))")
            try session.store.add(added, experiment: session.name)
            try session.extend()
        }
    }

    /// The plan that holds: the one that the first such run has fixed.
    private func begin() throws -> SequentialPlan {
        let plan = try SequentialPlan(of: session.experiment, maxSeeds: maxSeeds, session.store.reader)
        return try session.store.begin(plan, experiment: session.name)
    }
}

extension SequentialPlan {
    /// The plan of an experiment: the one that its first such run has fixed, or a new one.
    ///
    /// - Parameters:
    ///   - maxSeeds: the most seeds of a row; nil for what was fixed before, or the usual.
    ///   - reader: nil where there is no database yet.
    init(of experiment: Experiment, maxSeeds: Int?, _ reader: StoreReader?) throws {
        let name = experiment.name
        guard !experiment.claims.isEmpty else {
            throw Refusal(
                "\(name) makes no claims, so there is nothing to decide",
                remedy: "Write `claims: [better > worse]` into the file, or leave --until-decided out")
        }
        let known = try reader?.sequentialPlan(experiment: name)
        let most = known?.most ?? maxSeeds ?? SequentialPlan.usualMost
        if let maxSeeds, maxSeeds != most {
            throw Refusal(
                "\(name) was begun with at most \(most) seeds, and looks were made by that",
                remedy: "Leave --max-seeds out; a new name in the file begins anew")
        }
        guard experiment.seeds.count <= most else {
            throw Refusal(
                "the file has \(experiment.seeds.count) seeds, more than the \(most) that --until-decided may use",
                remedy: "Write fewer `seeds:`, such as 3; further ones are added where they are needed")
        }
        self = known ?? SequentialPlan(most: most)
        if known == nil { try requireReach(of: experiment) }
    }

    /// Refuses to begin with a plan by which no claim could ever be decided.
    private func requireReach(of experiment: Experiment) throws {
        let claims = experiment.claims.count
        guard fewest(level: Comparison.level, family: claims) == nil else { return }
        let least = SignFlipTest.fewest(level: Comparison.level, family: claims)
        throw Refusal(
            "at most \(most) seeds can decide none of \(counted(claims, "claim")): p is at least "
                + NumberFormat.plain.text(smallestPossible(most) * Double(claims)),
            remedy: least <= SequentialPlan.possibleMost.upperBound
                ? "Give --max-seeds \(least) or more, or make fewer claims" : "Make fewer claims")
    }
}
