import Experiments
import Foundation
import Testing
import Training

@Suite struct FashionMNISTTests {
    static let folder = "/usr/share/datasets/fashion-mnist"

    @Test func holdsWhatThePublishedFilesHold() throws {
        let dataset = try Datasets.load(settings("fashion-mnist", train: 500, validation: 100, test: 100))
        #expect(dataset.image == ImageSize(height: 28, width: 28, channels: 1))
        #expect((0..<8).flatMap { example(dataset, $0, .train).labels } == [9, 0, 0, 3, 0, 2, 7, 2])
        #expect((0..<8).flatMap { example(dataset, $0, .test).labels } == [9, 2, 1, 1, 6, 1, 4, 6])
        let mean = (0..<500).reduce(Float(0)) { $0 + example(dataset, $1, .train).image.reduce(0, +) } / (500 * 784)
        #expect(abs(mean) < 0.03)
    }

    @Test func saysWhichPackageIsMissing() throws {
        let empty = try TemporaryFolder()
        let error = performing { try Datasets.load(settings("fashion-mnist", path: empty.path)) }
        #expect(error?.kind == .missing && error?.message.contains(empty.path) == true)
    }

    @Test func otherDataUnderItsNameIsRefused() throws {
        let folder = try tinyFolder()
        #expect(performing { try Datasets.load(settings("fashion-mnist", path: folder.path)) }?.kind == .wrongDigest)
    }

    @Test func truncatedCompressedFilesAreRefused() throws {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        for part in ["images-idx3", "labels-idx1"] {
            for prefix in ["train", "t10k"] {
                try manager.createSymbolicLink(
                    atPath: "\(folder.path)/\(prefix)-\(part)-ubyte.gz",
                    withDestinationPath: "\(FashionMNISTTests.folder)/t10k-\(part)-ubyte.gz")
            }
        }
        let whole = try Datasets.load(settings("idx", path: folder.path, train: 100))
        #expect(whole.count(.test) == 10_000 && whole.task.classes == 10)
        let name = "train-labels-idx1-ubyte.gz"
        let bytes = try #require(manager.contents(atPath: "\(folder.path)/\(name)"))
        try manager.removeItem(atPath: "\(folder.path)/\(name)")
        try folder.write(name, Array(bytes.prefix(bytes.count / 2)))
        #expect(performing { try Datasets.load(settings("idx", path: folder.path, train: 10)) }?.kind == .truncated)
        var flipped = Array(bytes)
        flipped[flipped.count / 2] ^= 0xff
        try folder.write(name, flipped)
        let kind = performing { try Datasets.load(settings("idx", path: folder.path, train: 10)) }?.kind
        #expect(kind == .malformed || kind == .truncated)
    }
}
