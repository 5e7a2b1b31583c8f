import Foundation
import Testing

/// Runs that decide what to train next: seeds where claims need them, placements that validation lets go on.
@Suite struct AdaptiveRunTests {
    private static let claims = SmallExperiment.text(seeds: 1, epochs: 1)

    @Test func seedsAreAddedUntilThereAreNoMore() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.claims, to: "small.yaml")
        let begun = try sandbox.ablate("run", "small.yaml", "--until-decided", "--max-seeds", "6", "--budget", "1s")
        #expect(begun.status == 0, "\(begun.error)")
        let ending = try sandbox.ablate("run", "small.yaml", "--until-decided")
        #expect(ending.status == 0, "\(ending.error)")
        #expect(ending.output.contains("corrected for a look after each of at most 6 pairs"), "\(ending.output)")
        let trials = try sandbox.count("SELECT count(*) FROM v_trials WHERE state = 'done'") ?? 0
        // Fewer than six pairs cannot decide anything, and there are no more.
        #expect(trials == 12, "\(ending.error)")
        #expect(try sandbox.count("SELECT count(*) FROM added_seed") == trials - 2)
        #expect(try sandbox.count("SELECT max(pairs) FROM look") == trials / 2)

        // What a run would be about are the added seeds, too.
        let check = try sandbox.ablate("check", "small.yaml")
        #expect(check.output == "ok: 2 rows, 2 trials, and \(trials - 2) with seeds that --until-decided has added\n")
        let preview = try sandbox.ablate("plan", "small.yaml")
        #expect(preview.output.contains("\(trials) trials: \(trials) done, 0 to run."), "\(preview.output)")
        #expect(preview.output.contains("\(trials - 2) trials of them with seeds that --until-decided has added."))
        let reuse = try sandbox.ablate("why", "small.yaml")
        #expect(reuse.output.contains("\(trials) of \(trials) trials would be reused"), "\(reuse.output)")
        let one = try sandbox.ablate("why", "small.yaml", "--row", "last", "--seed", "1")
        #expect(one.status == 0 && one.output.contains("It is done"), "\(one.error)")

        // A plain run of the same file keeps what was added, and so does the summary.
        let plain = try sandbox.ablate("run", "small.yaml")
        #expect(plain.error.contains("Nothing to run: \(trials) of \(trials) trials done."), "\(plain.error)")
        #expect(plain.output == ending.output)
        let other = try sandbox.ablate("run", "small.yaml", "--until-decided", "--max-seeds", "8")
        #expect(other.status == 2 && other.error.contains("was begun with at most 6 seeds"), "\(other.error)")
    }

    @Test func whatNoSeedsCouldDecideIsSaidBefore() throws {
        let sandbox = try Sandbox()
        let text = Self.claims.replacingOccurrences(of: "[last > first]", with: "[last > first, first > last]")
        try sandbox.write(text, to: "small.yaml")
        let check = try sandbox.ablate("check", "small.yaml")
        #expect(check.output.contains("note: 1 seed can decide none of 2 claims: the smallest possible p is 1."))
        #expect(check.output.contains("It takes 7 seeds, or `ablate run --until-decided`."), "\(check.output)")
        for command in ["plan", "run"] {
            let ending = try sandbox.ablate(command, "small.yaml", "--until-decided", "--max-seeds", "6")
            #expect(ending.status == 2)
            #expect(ending.error.contains("at most 6 seeds can decide none of 2 claims: p is at least 0.0625"))
            #expect(ending.error.contains("Give --max-seeds 7 or more, or make fewer claims"), "\(ending.error)")
        }
        #expect(try sandbox.ablate("plan", "small.yaml").output.contains("can decide none of 2 claims"))
        let enough = try sandbox.ablate("plan", "small.yaml", "--until-decided", "--max-seeds", "7")
        #expect(enough.status == 0 && !enough.output.contains("can decide none"), "\(enough.error)")
    }

    private static let placements = SmallExperiment.text(seeds: 1, epochs: 3)
        .replacingOccurrences(of: "last: M A\n  first: A M", with: "all: M3 with A at choose(1)\n  none: M3")
        .replacingOccurrences(of: "reference: last", with: "reference: none")
        .replacingOccurrences(of: "claims: [last > first]\n", with: "")

    @Test func halvingStopsRowsAndAPlainRunFinishesThem() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.placements, to: "small.yaml")
        let halved = try sandbox.ablate("run", "small.yaml", "--halving")
        #expect(halved.status == 0, "\(halved.error)")
        #expect(halved.error.contains("after epoch 1 of 3, 2 of 4 rows go on"), "\(halved.error)")
        #expect(halved.output.contains("Landscape: all"), "\(halved.output)")
        #expect(halved.output.contains("validation accuracy, % after epoch 1; marginal means over 3 placements"))
        #expect(halved.output.contains("2 of 4 after epoch 1"), "\(halved.output)")
        #expect(try sandbox.count("SELECT count(*) FROM bracket_row WHERE outcome = 'stopped'") == 2)
        #expect(try sandbox.count("SELECT count(*) FROM v_trials WHERE state = 'done'") == 2)
        let status = try sandbox.ablate("status", "--format", "csv")
        #expect(
            status.lines == [
                "experiment,trials,queued,running,done,failed,diverged,interrupted,lost,paused",
                "small,4,0,0,2,0,0,0,0,2",
            ])
        #expect(
            try sandbox.ablate("status", "small", "--watch", "--format", "csv").status == 0, "nothing is waited for")
        let again = try sandbox.ablate("run", "small.yaml", "--halving")
        #expect(again.error.contains("Nothing to run"), "\(again.error)")
        #expect(again.output == halved.output)
        let retried = try sandbox.ablate("retry")
        #expect(retried.error.contains("Nothing to retry"), "stopped rows have not failed: \(retried.error)")
        let paused = try sandbox.ablate("retry", "--state", "paused", "--preview", "--format", "csv")
        #expect(paused.lines.count == 3, "\(paused.output)")

        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        let whole = try Sandbox()
        try whole.write(Self.placements, to: "small.yaml")
        let plain = try whole.ablate("run", "small.yaml", "-q")
        #expect(plain.status == 0 && plain.output.contains("test accuracy, %; marginal means over 3 placements"))
        #expect(try sandbox.outcomes() == whole.outcomes(), "stopping early changes no bit")
    }

    /// What a rung decided holds for the rows, settings and share that it was decided about.
    @Test(arguments: [
        ("epochs: 3", "epochs: 6", []), ("lr: 2e-3", "lr: 3e-3", []), ("choose(1)", "choose(2)", []),
        ("seeds: 1", "seeds: 1", ["--keep", "1/2"]),
    ])
    func aRungIsNotUsedForOtherRows(_ old: String, _ new: String, _ options: [String]) throws {
        let sandbox = try Sandbox()
        try #require(Self.placements.contains(old), "\(Self.placements)")
        try sandbox.write(Self.placements, to: "small.yaml")
        #expect(try sandbox.ablate("run", "small.yaml", "--halving", "-q").status == 0)
        try sandbox.write(Self.placements.replacingOccurrences(of: old, with: new), to: "small.yaml")
        let changed = try sandbox.start(["run", "small.yaml", "--halving"] + options).end()
        #expect(changed.status == 2 && changed.error.contains("was halved before with other rows"), "\(changed.error)")
        #expect(try sandbox.count("SELECT count(*) FROM bracket WHERE rung = 0") == 1)
    }

    @Test(arguments: [
        (["--budget", "2h"], "--budget goes with"), (["--max-seeds", "9"], "--max-seeds goes with"),
        (["--keep", "1/2"], "--keep goes with"), (["--until-decided", "--halving"], "can't go together"),
        (["--until-decided", "--max-seeds", "5"], "--max-seeds 5"), (["--until-decided", "--budget", "2"], "--budget"),
        (["--halving", "--keep", "3/2"], "--keep"), (["--halving", "--keep", "0"], "--keep"),
    ])
    func badOptions(_ options: [String], _ message: String) throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.claims, to: "small.yaml")
        let ending = try sandbox.start(["run", "small.yaml"] + options).end()
        #expect(ending.status == 2 && ending.error.contains(message), "\(ending.error)")
        #expect(sandbox.contents == ["small.yaml"])
    }

    @Test func bothModesArePlanned() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.placements, to: "small.yaml")
        let halved = try sandbox.ablate("plan", "small.yaml", "--halving", "--format", "json")
        #expect(halved.status == 0, "\(halved.error)")
        #expect(
            halved.output.contains("With --halving: 4 rows to epoch 1, 2 rows to epoch 3. About"), "\(halved.output)")
        let none = try sandbox.ablate("plan", "small.yaml", "--until-decided")
        #expect(none.status == 2 && none.error.contains("makes no claims"), "\(none.error)")
        try sandbox.write(Self.claims, to: "one.yaml")
        let decided = try sandbox.ablate("plan", "one.yaml", "--until-decided", "--max-seeds", "6", "--format", "json")
        #expect(decided.output.contains("at most 12 trials"), "\(decided.output)\(decided.error)")
        #expect(sandbox.contents == ["one.yaml", "small.yaml"], "nothing is written")
        for useless in [["--weights", "w"], ["--patience", "9"], ["--memory", "1G"], ["--budget", "1h"]] {
            let ending = try sandbox.start(["plan", "small.yaml"] + useless).end()
            #expect(ending.status == 2 && ending.error.contains("Unknown option"), "\(ending.error)")
        }
    }

    @Test func nothingToDecideOrToStop() throws {
        let sandbox = try Sandbox()
        try sandbox.write(Self.placements, to: "none.yaml")
        let none = try sandbox.ablate("run", "none.yaml", "--until-decided")
        #expect(none.status == 2 && none.error.contains("makes no claims"), "\(none.error)")
        try sandbox.write(Self.claims, to: "one.yaml")
        let one = try sandbox.ablate("run", "one.yaml", "--halving")
        #expect(one.status == 2 && one.error.contains("one epoch"), "\(one.error)")
        let text = SmallExperiment.text(seeds: 1).replacingOccurrences(of: "validation: 16", with: "validation: 0")
        try sandbox.write(text, to: "blind.yaml")
        let blind = try sandbox.ablate("run", "blind.yaml", "--halving")
        #expect(blind.status == 2 && blind.error.contains("no validation examples"), "\(blind.error)")
    }

    @Test func aSummaryIsSortedAndMeasuredOnAnotherSplit() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1, epochs: 1), to: "small.yaml")
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        let sorted = try sandbox.ablate("summary", "small", "--sort", "row", "--format", "csv")
        #expect(sorted.lines.dropFirst().first?.hasPrefix("first,") == true, "\(sorted.output)")
        let descending = try sandbox.ablate("summary", "small", "--sort", "-row", "--format", "csv")
        #expect(descending.lines.dropFirst().first?.hasPrefix("last,") == true, "\(descending.error)")
        let bad = try sandbox.ablate("summary", "small", "--sort", "beauty")
        #expect(bad.status == 2 && bad.error.contains("no column \"beauty\""), "\(bad.error)")
        let fronts = try sandbox.ablate("summary", "small", "--pareto", "--metric", "validation accuracy")
        #expect(fronts.output.contains("Pareto fronts") && fronts.output.contains("validation accuracy, %"))
        #expect(fronts.output.contains("These are validation numbers"))
    }
}
