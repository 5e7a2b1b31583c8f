import Testing

/// What is said of a file's rows against what the database has under its name, and of what a file can't mean.
@Suite struct EditedFileTests {
    private func finished() throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(seeds: 1), to: "small.yaml")
        try #require(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        return sandbox
    }

    @Test func trialsThatNoLongerCountAreSaid() throws {
        let sandbox = try finished()
        let same = try sandbox.ablate("plan", "small.yaml")
        #expect(!same.output.contains("no longer"), "\(same.output)")
        try sandbox.write(SmallExperiment.text(seeds: 1, learningRate: "3e-3"), to: "small.yaml")
        let plan = try sandbox.ablate("plan", "small.yaml", "--format", "json")
        let words = "2 finished trials of small no longer count: `train.lr` was 0.002 and is 0.003."
        #expect(plan.output.contains(words), "\(plan.output)")
        let run = try sandbox.ablate("run", "small.yaml")
        #expect(run.status == 0 && run.error.contains("ablate: " + words), "\(run.error)")
        let again = try sandbox.ablate("run", "small.yaml")
        #expect(!again.error.contains("no longer"), "\(again.error)")
        // As it says, the old text under another name has both.
        let old = SmallExperiment.text(seeds: 1).replacing("name: small", with: "name: slow")
        try sandbox.write(old, to: "slow.yaml")
        let both = try sandbox.ablate("run", "slow.yaml")
        #expect(both.error.contains("Nothing to run: 2 of 2 trials done."), "\(both.error)")
    }

    @Test func renamedRowsAndFewerSeedsAreSaid() throws {
        let sandbox = try finished()
        let text = SmallExperiment.text(seeds: 1)
        try sandbox.write(
            text.replacing("  first: A M", with: "  front: A M2").replacing("> first", with: "> front"),
            to: "small.yaml")
        let renamed = try sandbox.ablate("plan", "small.yaml", "--format", "json")
        #expect(
            renamed.output.contains("1 finished trial of small no longer counts: the file has no row `first`."),
            "\(renamed.output)")
        // A row that is the same trial under another name has lost nothing.
        try sandbox.write(text.replacing("first", with: "front"), to: "small.yaml")
        #expect(!(try sandbox.ablate("plan", "small.yaml").output.contains("no longer")))
        try sandbox.write(text.replacing("seeds: 1", with: "seeds: [4]"), to: "small.yaml")
        let seeds = try sandbox.ablate("plan", "small.yaml", "--format", "json")
        #expect(seeds.output.contains("2 finished trials of small no longer count: the file has fewer seeds."))
    }

    @Test(arguments: ["check", "plan", "run"])
    func aPartThatTheTestSplitHasNotIsAnErrorInItsPlace(_ command: String) throws {
        let sandbox = try Sandbox()
        try sandbox.write("metric: accuracy pairs=4\n" + SmallExperiment.text(), to: "small.yaml")
        let ending = try sandbox.ablate(command, "small.yaml")
        #expect(ending.status == 2 && ending.output.isEmpty)
        #expect(
            ending.error.hasPrefix("small.yaml:1:9: error: the test split has no part `pairs=4`, in `last`"),
            "\(ending.error)")
        #expect(ending.error.contains("help: write `accuracy pairs=2`"), "\(ending.error)")
        #expect(ending.error.split(separator: "\n").count { $0.contains("error:") } == 1)
        #expect(sandbox.contents == ["small.yaml"])
    }

    @Test func aTrialBeyondTheMachinesMemoryIsWarnedOf() throws {
        let sandbox = try Sandbox()
        // 26 billion parameters.
        let large = SmallExperiment.text().replacing("width: 16", with: "width: 8192").replacing("M A", with: "M16 A16")
        try sandbox.write(large, to: "small.yaml")
        let ending = try sandbox.ablate("check", "small.yaml")
        #expect(
            ending.status == 0 && ending.error.contains("warning: a trial of `last` needs about"), "\(ending.error)")
        #expect(ending.error.contains("GB of memory, and this machine has"), "\(ending.error)")
        try sandbox.write(SmallExperiment.text(), to: "small.yaml")
        let plan = try sandbox.ablate("plan", "small.yaml", "--format", "csv")
        #expect(plan.error.isEmpty && plan.lines[0].contains("memory_bytes"), "\(plan.error)\(plan.output)")
    }

    @Test func oddTrainingsAreWarnedOf() throws {
        let sandbox = try Sandbox()
        try sandbox.write(SmallExperiment.text(epochs: 1, examples: 16), to: "small.yaml")
        let ending = try sandbox.ablate("check", "small.yaml")
        #expect(ending.status == 0 && ending.error.contains("the warm-up takes all 1 epochs"), "\(ending.error)")
        #expect(ending.error.contains("makes an epoch of the 16 training examples one step"), "\(ending.error)")
        try sandbox.write(
            SmallExperiment.text().replacing("last: M A", with: "last: C | C | C | C | M A"), to: "deep.yaml")
        let deep = try sandbox.ablate("check", "deep.yaml")
        #expect(deep.status == 0 && deep.error.contains("stage 5 of `last` has one token"), "\(deep.error)")
    }

    @Test(arguments: [
        ("one: M-M-*-*-", "", "it is Megatron's: write `M2 A2`"),
        ("one: mambavision-t", "", "`ablate describe mambavision-t --notation ablate` prints its layout"),
        ("one: M4 with A at first({k})", "sweep: {axes: {\"{k}\": [1]}}", "write `k`: braces stand in layouts only"),
        ("one: M4 with A at choose(2)", "backbone: {head-width: 7}", "in `one placement=0,1` and 5 more rows"),
    ])
    func oneMistakeIsToldOnceWithItsRemedy(_ row: String, _ rest: String, _ words: String) throws {
        let sandbox = try Sandbox()
        try sandbox.write("name: x\nlayouts:\n  \(row)\n\(rest)\n", to: "x.yaml")
        let ending = try sandbox.ablate("check", "x.yaml")
        #expect(ending.status == 2 && ending.error.contains(words), "\(ending.error)")
        #expect(ending.error.split(separator: "\n").count { $0.contains("error:") } <= 2, "\(ending.error)")
    }

    @Test(arguments: [
        ("chek x.yaml", "no command `ablate chek`. Did you mean `ablate check`?"),
        ("data inf fashion-mnist", "no command `ablate data inf`. Did you mean `ablate data info`?"),
        ("run x.yaml --halving --keep 2", "give a share above 0 and below 1"),
        ("run x.yaml --memory 40M", "give at least 64M"),
        ("data list -o nowhere/list.csv", "there is no folder"),
        ("sql \"SELECT 1; SELECT 2\"", "more than one query"),
    ])
    func mistakesOnTheCommandLineAreToldWithWhatIsValid(_ line: String, _ words: String) throws {
        let sandbox = try finished()
        let ending = try sandbox.shell("\"$ABLATE\" \(line)")
        #expect(ending.status == 2 && ending.output.isEmpty && ending.error.contains(words), "\(ending.error)")
    }
}
