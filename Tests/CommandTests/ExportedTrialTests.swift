import Foundation
import Networks
import Testing

/// `ablate export TRIAL` gives the weights that a run did not keep, or none.
@Suite struct ExportedTrialTests {
    /// A sandbox in which the small experiment has been run without keeping anything.
    private func finished(average: Bool = false) throws -> Sandbox {
        let sandbox = try Sandbox()
        let text = SmallExperiment.text(seeds: 1)
        try sandbox.write(
            average ? text.replacing("epochs: 2,", with: "epochs: 2, average-decay: 0.9,") : text, to: "small.yaml")
        let ending = try sandbox.ablate("run", "small.yaml", "-q")
        try #require(ending.status == 0, "\(ending.error)")
        return sandbox
    }

    @Test(arguments: [false, true])
    func theBytesAreThoseThatTheRunWouldHaveKept(_ average: Bool) throws {
        let sandbox = try finished(average: average)
        let ending = try sandbox.ablate("export", "small/last/0", "-o", "last.safetensors", "--threads", "2")
        #expect(ending.status == 0 && ending.output.isEmpty, "\(ending.error)")
        #expect(ending.error.contains("is trained again"))
        let kept = try sandbox.ablate("run", "small.yaml", "-q", "--database", "other.sqlite", "--weights", "kept")
        #expect(kept.status == 0, "\(kept.error)")
        let file = try #require(sandbox.contents.first { $0.hasPrefix("kept/last-seed0-") })
        let bytes = try [file, "last.safetensors"].map { try Data(contentsOf: sandbox.folder.appending(path: $0)) }
        #expect(bytes[0] == bytes[1])
        #expect(!sandbox.contents.contains { $0.contains("unverified") || $0.contains("checkpoint") })
        #expect(try sandbox.count("SELECT count(*) FROM attempt") == 2, "the database is as it was")
    }

    @Test func anotherDigestIsRefusedAndNothingIsWritten() throws {
        let sandbox = try finished()
        let before = sandbox.contents
        let digest = String(repeating: "0", count: 64)
        try sandbox.change("UPDATE attempt SET weights_digest = '\(digest)'")
        let ending = try sandbox.ablate("export", "small/last/0", "-o", "last.safetensors", "-q")
        #expect(ending.status == 2 && ending.output.isEmpty)
        #expect(
            ending.error.contains("not kept: digest of the weights: stored 0000")
                && ending.error.contains("ablate remove"),
            "\(ending.error)")
        #expect(sandbox.contents.filter { !$0.contains("sqlite-") } == before.filter { !$0.contains("sqlite-") })
    }

    @Test func whatHasNoResultIsRefused() throws {
        let sandbox = try finished()
        #expect(try sandbox.ablate("remove", "small/first/0").status == 0)
        for (trial, reason) in [("small/first/0", "removed"), ("small/last/7", "has no seed 7"), ("ffff", "no trial")] {
            let ending = try sandbox.ablate("export", trial, "-o", "x.safetensors")
            #expect(ending.status == 2 && ending.error.contains(reason), "\(trial): \(ending.error)")
        }
        let nowhere = try sandbox.ablate("export", "small/last/0", "-o", "nowhere/x.safetensors")
        #expect(
            nowhere.status == 2 && nowhere.error.contains("nowhere/x.safetensors can't be written"), "\(nowhere.error)")
        #expect(!nowhere.error.contains("trained again"), "nothing is trained for nothing")
    }

    @Test func aRunThatHasNothingToKeepSaysHowToGetIt() throws {
        let sandbox = try finished()
        let ending = try sandbox.ablate("run", "small.yaml", "-q", "--weights", "kept")
        #expect(ending.status == 0 && ending.error.contains("the weights of 2 finished trials are not in kept"))
        // The command that it names does it; then only the other is missing.
        let command = try #require(ending.error.split(separator: "\n").last { $0.contains("ablate export") })
        let line = command.trimmingCharacters(in: .whitespaces).replacing(
            "ablate ", with: "\"$ABLATE\" ", maxReplacements: 1)
        let export = try sandbox.shell("mkdir kept && \(line)")
        #expect(export.status == 0, "\(line): \(export.error)")
        let again = try sandbox.ablate("run", "small.yaml", "-q", "--weights", "kept")
        #expect(again.error.contains("the weights of 1 finished trial are not in kept"), "\(again.error)")
    }
}
