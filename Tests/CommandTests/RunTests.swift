import Foundation
import Testing

/// `ablate run` trains what is asked for, once, and the same bits whatever the machine is busy with.
@Suite struct RunTests {
    @Test func aTableIsPrintedAndTheSecondRunTrainsNothing() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let first = try sandbox.ablate("run", "small.yaml")
        #expect(first.status == 0, "\(first.error)")
        #expect(first.output.contains("last > first"))
        #expect(first.error.contains("[4/4]") && first.error.contains("epoch 2/2, validation accuracy 0."))
        #expect(!first.error.contains("\u{1B}"), "no colours where nobody sees them")
        let left = sandbox.contents.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }
        #expect(left == ["results", "results/ablate.sqlite", "small.yaml"])

        let attempts = try sandbox.count("SELECT count(*) FROM attempt")
        let second = try sandbox.ablate("run", "small.yaml")
        #expect(second.status == 0 && second.output == first.output)
        #expect(second.error.contains("Nothing to run: 4 of 4 trials done."))
        #expect(attempts == 4)
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 4)
    }

    @Test func bitsDependNeitherOnJobsNorOnThreads() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let settings = [["--jobs", "1"], ["--jobs", "2"], ["--jobs", "1", "--threads", "2"], ["--recompute"]]
        let outcomes = try settings.enumerated().map { index, setting in
            let arguments = ["run", "small.yaml", "--database", "\(index).sqlite", "-q"] + setting
            let ending = try sandbox.start(arguments).end()
            #expect(ending.status == 0 && ending.error.isEmpty, "\(ending.error)")
            return try sandbox.outcomes("\(index).sqlite")
        }
        #expect(outcomes[0].count > 4, "\(outcomes[0])")
        #expect(outcomes[0] == outcomes[1])
        #expect(outcomes[0] == outcomes[2] && outcomes[0] == outcomes[3])
        let summary = try sandbox.ablate("summary", "small", "--database", "3.sqlite")
        #expect(summary.output.contains("4 of 4 trials were trained with `--recompute`"), "\(summary.output)")
        let verified = try sandbox.ablate(
            "verify", "--experiment", "small", "--seed", "0", "--row", "last", "--recompute", "--database", "0.sqlite",
            "-q")
        #expect(verified.status == 0, "\(verified)")
    }

    @Test func moreSeedsTrainOnlyTheNewOnes() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1), to: "small.yaml")
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        let before = try sandbox.outcomes()
        try sandbox.write(SmallExperiment.text(seeds: 2), to: "small.yaml")
        let plan = try sandbox.ablate("plan", "small.yaml")
        #expect(plan.output.contains("4 trials: 2 done, 2 to run."), "\(plan.output)")
        let run = try sandbox.ablate("run", "small.yaml")
        #expect(run.status == 0 && run.error.contains("2 trials to run"))
        #expect(Set(before).isSubset(of: try sandbox.outcomes()))
    }

    @Test func divergenceCostsItsTrialAndTheExitCodeSaysSo() throws {
        let sandbox = try Sandbox()
        let text = SmallExperiment.text(seeds: 1)
            .replacingOccurrences(of: "first: A M", with: "first: {layout: A M, train: {lr: 100, clip-norm: none}}")
        try sandbox.write(text, to: "small.yaml")
        let ending = try sandbox.ablate("run", "small.yaml")
        let states = try sandbox.ablate("status", "small", "--format", "csv")
        if ending.status == 0 {
            // A learning rate of 100 need not end in NaN on every machine; then there is nothing to see here.
            #expect(!states.output.contains("diverged"))
            return
        }
        #expect(ending.status == 1)
        #expect(states.output.contains("diverged") && states.output.contains("done"), "\(states.output)")
        #expect(ending.output.contains("last"), "the summary is printed all the same")
    }

    @Test func planWritesNothing() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let ending = try sandbox.ablate("plan", "small.yaml")
        #expect(ending.status == 0 && ending.output.contains("4 trials: 0 done, 4 to run."))
        #expect(sandbox.contents == ["small.yaml"])
    }
}
