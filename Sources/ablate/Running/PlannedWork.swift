import Experiments
import Results

/// The trials of a plan, what is left of them, and how long that takes.
struct PlannedWork {
    /// What a row has to do.
    struct Row {
        var trials = 0
        var done = 0
        var left = 0
        /// Seconds of one trial.
        var seconds = 0.0
    }

    private(set) var rows: [String: Row] = [:]
    private let plan: TrialPlan
    private let estimate: TimeEstimate
    private let workers: Int
    private var left: [TrialPlan.Entry] = []
    private let added: Int
    private var done = 0
    private var failed = 0

    init(_ experiment: Experiment, _ memory: StoredKnowledge, _ estimate: TimeEstimate, workers: Int) {
        plan = memory.plan
        added = plan.entries.count { !experiment.seeds.contains($0.specification.seed) }
        self.estimate = estimate
        self.workers = workers
        for entry in plan.entries {
            let state = memory.state(of: entry)
            for name in entry.rows {
                var row = rows[name] ?? Row(seconds: estimate.seconds(ofRow: name))
                row.trials += 1
                row.done += state == .done ? 1 : 0
                row.left += state.isClaimable ? 1 : 0
                rows[name] = row
            }
            if state.isClaimable { left.append(entry) }
            done += state == .done ? 1 : 0
            failed += [.failed, .diverged].contains(state) ? 1 : 0
        }
    }

    /// What a plain run does.
    var notes: [String] {
        let counts = "\(done) done, \(left.count) to run"
        var notes = ["\(counted(plan.entries.count, "trial")): \(counts)."]
        if plan.folded > 0 {
            notes.append("\(counted(plan.folded, "duplicate")) folded: rows that are the same trial.")
        }
        if added > 0 { notes.append("\(counted(added, "trial")) of them with seeds that --until-decided has added.") }
        if failed > 0 {
            notes.append(
                "\(counted(failed, "trial")) failed earlier and would not be run again, only by `ablate retry`.")
        }
        if !left.isEmpty {
            let seconds = left.reduce(0) { $0 + estimate.seconds(ofRow: $1.rows[0]) }
            notes.append(
                "\(time(seconds)) with \(counted(workers, "job")), the sum of all rows divided among them (\(ground)).")
        }
        return notes
    }

    private var ground: String {
        switch estimate.ground {
        case .sameTrials: "as such trials took on this processor"
        case .otherTrials: "from the speed of other networks on this processor"
        case .guess: "a guess from the MACs, good to a factor of 2"
        }
    }

    /// `About 4 min`, by the work and by the longest trial.
    private func time(_ seconds: Double) -> String {
        let longest = left.map { estimate.seconds(ofRow: $0.rows[0]) }.max() ?? 0
        return "About \(Duration.seconds(max(seconds / Double(workers), longest)).brief)"
    }

    /// What successive halving trains: which rows go on is not known before, so rivals count with their mean.
    func halving(_ experiment: Experiment, _ plan: HalvingPlan) -> [String] {
        let named = experiment.namedRows
        let rivals = experiment.rows.filter { !named.contains($0.name) }
        let always = experiment.rows.count - rivals.count
        guard let epochs = plan.epochs.last, !rows.isEmpty else { return [] }
        func seconds(_ row: Experiment.Row) -> Double {
            rows[row.name].map { Double($0.left) * $0.seconds } ?? 0
        }
        let fixed = experiment.rows.filter { named.contains($0.name) }.reduce(0) { $0 + seconds($1) }
        let mean = rivals.isEmpty ? 0 : rivals.reduce(0) { $0 + seconds($1) } / Double(rivals.count)
        var (going, reached, share) = (rivals.count, 0, 0.0)
        var rungs: [String] = []
        for rung in plan.epochs {
            rungs.append("\(counted(always + going, "row")) to epoch \(rung)")
            share += Double(going) * Double(rung - reached) / Double(epochs)
            reached = rung
            going = plan.kept(of: going)
        }
        return [
            "With --halving: \(rungs.joined(separator: ", ")). \(time(fixed + mean * share)) with "
                + "\(counted(workers, "job"))."
        ]
    }

    /// What adding seeds may train: rows of claims may get up to the plan's number each.
    func untilDecided(_ experiment: Experiment, _ looks: SequentialPlan) -> [String] {
        let claimed = experiment.claims.reduce(into: Set<String>()) { $0.formUnion([$1.better, $1.worse]) }
        var (trials, seconds) = (0, 0.0)
        for (name, row) in rows {
            let more = claimed.contains(name) ? max(0, looks.most - row.trials) : 0
            trials += row.trials + more
            seconds += Double(row.left + more) * row.seconds
        }
        return [
            "With --until-decided: these trials, then seeds where they decide a claim soonest, up to \(looks.most) of each "
                + "row of a claim: at most \(counted(trials, "trial")). \(time(seconds)) with \(counted(workers, "job")) "
                + "at the most."
        ]
    }
}
