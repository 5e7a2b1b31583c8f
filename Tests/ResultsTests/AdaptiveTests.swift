import Experiments
import Foundation
import Randomness
import Testing

@testable import Results

/// Seeds that are added where they decide a claim soonest.
@Suite struct AdaptiveTests {
    private static let plan = SequentialPlan(most: 8)
    private static let claims = [("a", "r"), ("b", "r"), ("c", "r")].map { (better: $0.0, worse: $0.1) }

    private func summary(_ values: [String: [Double?]], plan: SequentialPlan = plan) -> Summary {
        let metric = SummaryMetric(name: "accuracy")
        let rows = values.keys.sorted().map { name in
            SummaryRow(
                name: name, layout: name, axes: [], isReference: name == "r",
                outcomes: (values[name] ?? []).enumerated().map { seed, value in
                    let state: TrialState = value == nil ? .queued : value?.isNaN == true ? .diverged : .done
                    return SeedOutcome(
                        seed: seed, state: state, identity: "\(name)/\(seed)", value: state == .done ? value : nil,
                        parts: [:])
                }, size: nil, wallSeconds: 1, published: nil)
        }
        return Summary(
            name: "e", question: "", metric: metric, reference: "r", seeds: [0, 1, 2], rows: rows,
            claims: Summary.claims(Self.claims, rows, metric, seeds: 3, plan: plan), parts: [], baselines: [],
            publishedSource: nil, plan: plan, notes: [])
    }

    @Test func theClearestClaimComesFirst() {
        let values: [String: [Double?]] = [
            "r": [0, 0, 0], "a": [0.1, -0.1, 0.05], "b": [1, 1.1, 0.9], "c": [0.3, 0.1, 0.4],
        ]
        let next = NextSeeds(summary(values), plan: Self.plan)
        #expect(next.choose(trials: 2) == [AddedSeed(row: "b", seed: 3), AddedSeed(row: "r", seed: 3)])
        // The reference's new seed serves the next claim as well.
        #expect(next.choose(trials: 3).map(\.row) == ["b", "r", "c"])
    }

    @Test func spoiltAndCompleteClaimsGetNothing() {
        let full = (0..<8).map { Double?(Double($0 % 2)) }
        let values: [String: [Double?]] = ["r": full, "a": full.map { ($0 ?? 0) + 1 }, "b": full, "c": [1, .nan, 1]]
        let summary = summary(values)
        #expect(summary.claims.map(\.verdict) == [.supported, .undecided, .undecided])
        #expect(summary.claims[2].comparison?.differences.count == 1)
        #expect(NextSeeds(summary, plan: Self.plan).choose(trials: 9).isEmpty)
    }

    @Test func pairsCountInTheOrderOfSeeds() {
        let values: [String: [Double?]] = ["r": [0, 0, 0, 0], "a": [1, nil, 1, 1], "b": [1, 2, 3], "c": []]
        let claims = summary(values).claims
        #expect(claims.map { $0.comparison?.differences.values ?? [] } == [[1], [1, 2, 3], []])
        #expect(claims.map { $0.comparison?.seeds ?? -1 } == [4, 3, 0])
    }

    private static let factor = ProcessInfo.processInfo.environment["ABLATE_SIMULATIONS"].flatMap(Int.init) ?? 1

    /// Plays a whole run: looks, adds, until nothing is left to add. Returns the verdicts and the number of trials.
    private func play(_ effects: [String: Double], _ plan: SequentialPlan, _ generator: inout RandomGenerator)
        -> (verdicts: [Verdict], trials: Int)
    {
        var values = effects.mapValues { effect in (0..<3).map { _ in Double?(effect + generator.normal()) } }
        while true {
            let summary = summary(values, plan: plan)
            let added = NextSeeds(summary, plan: plan).choose(trials: 2)
            guard !added.isEmpty else {
                return (summary.claims.map(\.verdict), values.values.reduce(0) { $0 + $1.count })
            }
            for seed in added {
                values[seed.row, default: []].append((effects[seed.row] ?? 0) + generator.normal())
            }
        }
    }

    /// The chance that any claim of three is decided where nothing differs, with seeds added where they seem to help.
    @Test func theFamilysErrorStaysBelowFivePercent() {
        let experiments = 25 * Self.factor
        var generator = RandomKey(seed: 51)["adaptive null"].generator
        var (any, trials) = (0, 0)
        for _ in 0..<experiments {
            let end = play(["a": 0, "b": 0, "c": 0, "r": 0], SequentialPlan(most: 8), &generator)
            if end.verdicts.contains(where: { $0 != .undecided }) { any += 1 }
            trials += end.trials
        }
        let share = Double(any) / Double(experiments)
        if Self.factor > 1 {
            print("adaptive null: any of three claims decided \(share), trials \(trials / experiments) of 32")
        }
        #expect(share <= 0.05 + 3 * (0.05 * 0.95 / Double(experiments)).squareRoot())
    }

    /// One large and two absent differences: the large one is found, with fewer trials than a fixed design has.
    @Test func aLargeDifferenceIsDecidedEarly() {
        let experiments = 8 * Self.factor
        var generator = RandomKey(seed: 52)["adaptive large"].generator
        var (found, trials) = (0, 0)
        for _ in 0..<experiments {
            let end = play(["a": 4, "b": 4, "c": 4, "r": 0], SequentialPlan(most: 10), &generator)
            found += end.verdicts.count { $0 == .supported }
            trials += end.trials
        }
        if Self.factor > 1 {
            print(
                "adaptive large: \(Double(found) / Double(3 * experiments)) of claims supported, "
                    + "\(trials / experiments) trials of 40")
        }
        #expect(Double(found) / Double(3 * experiments) > 0.9)
        #expect(trials / experiments < 40)
    }

    @Test func whatWasAddedAndSeenIsStored() throws {
        let outcomes = [
            SummarySamples.Outcome(row: "last", layout: "M A", values: [0.9, 0.8, 0.9]),
            SummarySamples.Outcome(row: "first", layout: "A M", values: [0.5, 0.6, 0.4]),
        ]
        let claims = [Claim(better: "last", worse: "first")]
        let store = try SummarySamples.store(outcomes, claims: claims, seeds: 3)
        let name = "hybrid-pattern"
        #expect(try store.reader.sequentialPlan(experiment: name) == nil)
        #expect(try store.begin(SequentialPlan(most: 9), experiment: name).most == 9)
        #expect(try store.begin(SequentialPlan(most: 12), experiment: name).most == 9, "the first plan holds")
        let summary = try Summary(store.reader, experiment: name)
        #expect(summary.plan == SequentialPlan(most: 9))
        #expect(summary.notes.contains { $0.contains("a look after each of at most 9 pairs") })
        #expect(summary.render(.table).contains("corrected for repeated looks"))
        #expect(summary.claims[0].reason == "cannot reach 0.05 with n = 3")
        let (one, two) = try store.reader.rows(matching: "last", "first")
        let compared = try store.reader.compare(one, two)
        #expect(compared.comparison.pValue == summary.claims[0].comparison?.pValue)
        #expect(compared.render(.table).contains("p is corrected for a look after every pair, up to 9."))
        try store.noteLooks(summary)
        try store.noteLooks(summary)
        let looks = try store.reader.query("SELECT pairs, verdict FROM look")
        #expect(looks.rows == [[.integer(3), .text("undecided")]])

        let added = NextSeeds(summary, plan: SequentialPlan(most: 9)).choose(trials: 2)
        #expect(added == [AddedSeed(row: "last", seed: 3), AddedSeed(row: "first", seed: 3)])
        try store.add(added, experiment: name)
        try store.add(added, experiment: name)
        #expect(try store.reader.addedSeeds(experiment: name) == ["last": [3], "first": [3]])
        #expect(try store.reader.addedSeeds(experiment: "nobody").isEmpty)
        try Samples.remove(store.path)
    }

    @Test func thePlanOfTrialsHoldsAddedSeeds() {
        let experiment = Samples.experiment(seeds: [0, 1, 2])
        let plan = TrialPlan(experiment, added: ["last": [3, 4], "first": [3], "gone": [9]])
        #expect(plan.seeds == [0, 1, 2, 3, 4])
        #expect(plan.entries.count == 9)
        #expect(
            plan.entries.suffix(3).map { "\($0.rows[0])/\($0.specification.seed)" } == ["last/3", "first/3", "last/4"])
        #expect(TrialPlan(experiment).seeds == [0, 1, 2])
    }
}
