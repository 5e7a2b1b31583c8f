import Experiments
import Foundation
import Networks
import Testing

/// Every file of `experiments/` is read without a complaint, and each of its networks can be built.
@Suite struct ExperimentFilesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../experiments").standardizedFileURL

    static let files: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    @Test func theFilesAreFound() {
        #expect(
            Set(["hybrid-pattern-fashion.yaml", "token-mixer.yaml", "window-size.yaml", "scan-direction.yaml"])
                .isSubset(of: Self.files))
    }

    @Test(arguments: files)
    func fileIsReadAndItsNetworksAreBuilt(_ name: String) throws {
        let (experiment, warnings) = try load(name)
        #expect(warnings.isEmpty, "\(warnings)")
        #expect(name == experiment.name + ".yaml")
        #expect(!experiment.question.isEmpty && experiment.source.contains("# Expected time:"))
        #expect(experiment.source.contains("# Command: ablate run experiments/\(name) "))
        for row in experiment.rows {
            let (input, task) = try #require(Self.shapes(row.dataset), "\(row.dataset.name)")
            let plan = try NetworkPlan(
                row.layout, row.backbone, input: input, task: task, dropPath: row.train.dropPath)
            #expect(try NetworkCensus(plan).parameters > 0)
        }
        let trials = experiment.rows.map { $0.trial(seed: 0).identity }
        #expect(Set(trials).count == trials.count, "two rows are the same trial")
    }

    @Test func theHybridPatternsAreTheTablesSix() throws {
        let (experiment, _) = try load("hybrid-pattern-fashion.yaml")
        let layouts = Dictionary(uniqueKeysWithValues: experiment.rows.map { ($0.name, $0.canonicalLayout) })
        #expect(layouts["first-half"] == "C | C | A4 M4 | A2 M2")
        #expect(layouts["mixed-1"] == "C | C | (A M)4 | (A M)2")
        #expect(layouts["mixed-2"] == "C | C | (M A)4 | (M A)2")
        #expect(layouts["last-quarter"] == "C | C | M6 A2 | M3 A")
        #expect(layouts["last-half"] == "C | C | M4 A4 | M2 A2")
        let random = try #require(experiment.rows.first { $0.name == "random" })
        #expect(random.layout.stages.map { $0.blocks.count { $0.mixer == "attention" } } == [0, 0, 4, 2])
        #expect(experiment.published?.values.count == 6)
    }

    /// Exact parameters of the rows with MambaVision-T's own sizes.
    @Test(arguments: [
        ("random", 31_794_248), ("first-half", 31_794_248), ("mixed-1", 31_794_248), ("mixed-2", 31_794_248),
        ("last-quarter", 30_619_208), ("last-half", 31_794_248), ("all-mamba", 29_444_168),
        ("all-attention", 34_144_328),
    ])
    func hybridPatternsAtFullSize(_ name: String, parameters: Int) throws {
        let (experiment, _) = try load("hybrid-pattern-fashion.yaml")
        var layout = try #require(experiment.rows.first { $0.name == name }).layout
        layout.stages[1].blocks = [Block("conv")] * 3
        let variant = try #require(Variant.named("mambavision-t"))
        let plan = try NetworkPlan(
            layout, variant.settings, input: ImageShape(height: 224, width: 224, channels: 3),
            task: .classification(classes: 1000))
        #expect(try NetworkCensus(plan).parameters == parameters)
    }

    private func load(_ name: String) throws -> (experiment: Experiment, warnings: [Diagnostic]) {
        try ExperimentFile.load(
            path: Self.folder.appending(path: name).path, vocabulary: Mixers.vocabulary)
    }

    /// What the data sets of the files look like.
    private static func shapes(_ dataset: DatasetSettings) -> (ImageShape, Task)? {
        switch dataset.name {
        case "fashion-mnist":
            (ImageShape(height: 28, width: 28, channels: 1), .classification(classes: 10))
        case "recall-grid":
            (
                ImageShape(height: dataset.size ?? 64, width: dataset.size ?? 64, channels: 3),
                .dense(classes: 8, height: 8, width: 8)
            )
        case "mirror-difference":
            (
                ImageShape(height: dataset.size ?? 64, width: dataset.size ?? 64, channels: 3),
                .dense(classes: 2, height: 8, width: 8)
            )
        case "cued-scene": (ImageShape(height: 64, width: 64, channels: 1), .dense(classes: 2, height: 16, width: 16))
        default: nil
        }
    }
}
