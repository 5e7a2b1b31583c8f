import Foundation
import Testing

/// What became of stored trials can be asked, repeated, set aside and cleaned.
@Suite struct KeepingTests {
    private func trained(_ text: String = SmallExperiment.text(seeds: 1)) throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write(text, to: "small.yaml")
        #expect(try sandbox.ablate("run", "small.yaml", "-q").status == 0)
        return sandbox
    }

    private func identity(_ sandbox: Sandbox, row: String = "last") throws -> String {
        let ending = try sandbox.ablate(
            "results", "small", "--where", "row=\(row)", "--columns", "identity", "--format", "csv")
        return try #require(ending.lines.last)
    }

    /// What a trial that is trained again and one that is restored have in common.
    private static let numbers = "row,seeds,mean,sd,difference,p_holm"

    @Test func verifyingComparesEveryBitAndWritesItDown() throws {
        let sandbox = try trained()
        let trial = String(try identity(sandbox).prefix(8))
        let outcomes = try sandbox.outcomes()
        let equal = try sandbox.ablate("verify", trial, "-q", "--format", "csv", "--threads", "2")
        #expect(equal.status == 0 && equal.error.isEmpty, "\(equal.error)")
        #expect(equal.lines.count == 2 && equal.lines[1].contains("true"), "\(equal.output)")
        try sandbox.change(
            "UPDATE metric SET value = value + 1e-15 WHERE epoch = 2 AND split = 'train' AND name = 'loss'")
        let different = try sandbox.ablate("verify", trial, "-q")
        #expect(different.status == 1, "\(different.error)")
        #expect(different.output.contains("train loss of epoch 2: stored"), "\(different.output)")
        #expect(try sandbox.outcomes() == outcomes)
        #expect(try sandbox.count("SELECT count(*) FROM verification") == 2)
        #expect(try sandbox.count("SELECT sum(is_equal) FROM verification") == 1)
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 2)
        let doctor = try sandbox.ablate("doctor", "--format", "csv")
        #expect(doctor.status == 1 && doctor.output.contains("did not give the same bits"), "\(doctor.output)")
    }

    @Test func everyAttemptSaysThatItsGradientsWereChecked() throws {
        let sandbox = try trained()
        #expect(try sandbox.count("SELECT min(checked_gradients) > 10 FROM attempt") == 1)
        let doctor = try sandbox.ablate("doctor")
        #expect(doctor.status == 0, "\(doctor.output)")
        #expect(doctor.output.contains("each parameter was seen to get a gradient"), "\(doctor.output)")
        #expect(doctor.output.contains("Nothing is wrong."))
    }

    /// Whatever page a disk has spoilt: a problem with a remedy, and no crash.
    @Test func theDoctorSurvivesADamagedDatabase() throws {
        let sandbox = try trained()
        let path = sandbox.folder.appendingPathComponent("results/ablate.sqlite")
        let whole = Array(try Data(contentsOf: path))
        let size = Int(whole[16]) << 8 | Int(whole[17])
        for page in [2, 5, 9, 14, 20] where page * size <= whole.count {
            var bytes = whole
            for offset in 0..<size { bytes[(page - 1) * size + offset] ^= 0x5A }
            try sandbox.write(bytes, to: "damaged.sqlite")
            let doctor = try sandbox.ablate("doctor", "--database", "damaged.sqlite", "--format", "csv")
            #expect(doctor.status == 1, "page \(page): \(doctor.output) \(doctor.error)")
            #expect(doctor.output.contains("problem") && doctor.error.isEmpty, "page \(page): \(doctor.error)")
            #expect(doctor.output.contains("recover"), "page \(page): \(doctor.output)")
        }
    }

    @Test func whyNamesTheFieldsThatDiffer() throws {
        let sandbox = try trained()
        let same = try sandbox.ablate("why", "small.yaml", "--format", "csv")
        #expect(same.status == 0 && same.output.contains("Reused: it is done"), "\(same.output)")
        try sandbox.write(SmallExperiment.text(seeds: 1, learningRate: "3e-3"), to: "other.yaml")
        let other = try sandbox.ablate("why", "other.yaml", "--format", "csv")
        #expect(other.output.contains("train.lr is 0.003 here, 0.002 there"), "\(other.output)")
        #expect(!other.output.contains("true"))
        let one = try sandbox.ablate("why", "other.yaml", "--row", "last", "--seed", "0")
        #expect(one.output.contains("train.lr") && one.output.contains("it differs in train.lr"), "\(one.output)")
        let trial = try sandbox.ablate("why", String(try identity(sandbox).prefix(4)))
        #expect(trial.output.contains("It is done: a run") && trial.output.contains("it differs in layout"))
        #expect(try sandbox.ablate("why", "other.yaml", "--row", "lost").error.contains("Its rows are last, first"))
        #expect(try sandbox.ablate("why", "other.yaml", "--seed", "9").error.contains("Its seeds are 0"))
        #expect(try sandbox.ablate("why", "0000").error.contains("has no trial 0000"))
    }

    @Test func whatIsRemovedCountsNowhereAndComesBack() throws {
        let sandbox = try trained()
        let before = try sandbox.ablate("summary", "small", "--format", "csv", "--columns", Self.numbers).output
        let trial = try identity(sandbox)
        let removed = try sandbox.ablate("remove", trial)
        #expect(removed.status == 0 && removed.error.contains("1 trial removed"), "\(removed.error)")
        #expect(try sandbox.ablate("summary", "small").output.contains("1 trial was removed by a person"))
        #expect(try sandbox.ablate("plan", "small.yaml").output.contains("2 trials: 1 done, 1 to run."))
        #expect(try sandbox.ablate("why", trial).output.contains("it was removed on"))
        #expect(try sandbox.ablate("verify", trial).error.contains("is removed"))
        let run = try sandbox.ablate("run", "small.yaml")
        #expect(run.status == 0 && run.error.contains("1 removed trial of this file will be trained anew"))
        #expect(try sandbox.count("SELECT count(*) FROM attempt WHERE removed_at IS NOT NULL") == 1)
        #expect(try sandbox.ablate("restore", trial).error.contains("1 trial restored"))
        #expect(try sandbox.count("SELECT count(*) FROM v_trials WHERE state = 'done'") == 2)
        let whole = try sandbox.ablate("remove", "--experiment", "small")
        #expect(whole.status == 0 && whole.error.contains("experiment small with "), "\(whole.error)")
        #expect(try sandbox.ablate("summary", "small").error.contains("ablate restore --experiment small"))
        #expect(try sandbox.ablate("restore", "--experiment", "small").status == 0)
        let after = try sandbox.ablate("summary", "small", "--format", "csv", "--columns", Self.numbers).output
        #expect(after == before)
    }

    @Test func cleaningIsAPreviewUntilItIsApplied() throws {
        let sandbox = try trained()
        let trial = try identity(sandbox)
        try sandbox.shell("mkdir results/ablate.checkpoints").isFine()
        let names = ["\(trial).checkpoint", String(repeating: "0", count: 64) + ".checkpoint.new", "notes.txt"]
        for name in names { try sandbox.write("x", to: "results/ablate.checkpoints/\(name)") }
        try sandbox.ablate("remove", "--experiment", "small", "--row", "first").isFine()
        let preview = try sandbox.ablate("gc", "--format", "csv")
        #expect(preview.status == 0 && preview.output.contains("orphan checkpoint files,2,2"), "\(preview.output)")
        #expect(preview.output.contains("removed trials,1") && sandbox.contents.contains { $0.hasSuffix(names[0]) })
        let applied = try sandbox.ablate("gc", "--apply", "--format", "csv")
        #expect(applied.status == 0, "\(applied.error)")
        #expect(
            sandbox.contents.filter { $0.hasPrefix("results/ablate.checkpoints/") } == [
                "results/ablate.checkpoints/notes.txt"
            ])
        #expect(try sandbox.count("SELECT count(*) FROM trial") == 1)
        #expect(try sandbox.ablate("gc", "--format", "csv").output.contains("removed trials,0"))
    }
}

extension Sandbox.Ending {
    func isFine() {
        #expect(status == 0, "\(error)")
    }
}
