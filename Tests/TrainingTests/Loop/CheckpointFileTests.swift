import Experiments
import Foundation
import Testing
import Training

@Suite struct CheckpointFileTests {
    static let specification = TrialSpecification(
        layout: "M A", dataset: DatasetSettings(), backbone: BackboneSettings(), train: TrainSettings(), seed: 5)

    static var checkpoint: Checkpoint {
        Checkpoint(
            header: .init(
                specification: specification, epoch: 1,
                reports: [
                    EpochReport(
                        epoch: 1, metrics: [Metric(.test, "accuracy", 1.0 / 3)], learningRate: 0.1, gradientNorm: 2,
                        trainSeconds: 3, evaluationSeconds: 4)
                ], wallSeconds: 7.25, optimizerSteps: 12,
                arrays: [.init(name: "values", count: 5), .init(name: "states", count: 2)]),
            arrays: arrays.map { .array($0) })
    }
    static let arrays: [[Float]] = [[1, -0.0, .leastNonzeroMagnitude, .infinity, 3e38], [0.1, 0.2]]

    @Test func whatWasWrittenIsReadBitForBit() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/trial"
        #expect(try CheckpointFile.read(path, for: CheckpointFileTests.specification) == nil)
        for _ in 0..<2 {
            try CheckpointFile.write(CheckpointFileTests.checkpoint, to: path)
        }
        let read = try #require(try CheckpointFile.read(path, for: CheckpointFileTests.specification))
        #expect(read.header == CheckpointFileTests.checkpoint.header)
        for (index, array) in CheckpointFileTests.arrays.enumerated() {
            #expect(try read.values(index).map(\.bitPattern) == array.map(\.bitPattern))
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["trial", "trial.previous"])
    }

    @Test func anyDamageIsNoticed() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/trial"
        try CheckpointFile.write(CheckpointFileTests.checkpoint, to: path)
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        for position in stride(from: 0, to: whole.count, by: 13) {
            var bytes = whole
            bytes[position] ^= 0x10
            try folder.write("trial", bytes)
            #expect(throws: CheckpointFile.Unusable.self) {
                try CheckpointFile.read(path, for: CheckpointFileTests.specification)
            }
            try folder.write("trial", Array(whole.prefix(position)))
            #expect(throws: CheckpointFile.Unusable.self) {
                try CheckpointFile.read(path, for: CheckpointFileTests.specification)
            }
        }
    }

    @Test func anotherTrialsStateIsNotUsed() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/trial"
        try CheckpointFile.write(CheckpointFileTests.checkpoint, to: path)
        var other = CheckpointFileTests.specification
        other.seed = 6
        #expect(throws: CheckpointFile.Unusable.self) { try CheckpointFile.read(path, for: other) }
    }

    @Test func aFailedWriteLeavesNothingBehind() throws {
        let folder = try TemporaryFolder()
        #expect(throws: (any Error).self) {
            try CheckpointFile.write(CheckpointFileTests.checkpoint, to: folder.path + "/missing/deeper/trial")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func aFolderThatWasTakenAwayIsMadeAgain() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/taken/trial"
        try CheckpointFile.write(CheckpointFileTests.checkpoint, to: path)
        #expect(try CheckpointFile.read(path, for: CheckpointFileTests.specification) != nil)
    }
}
