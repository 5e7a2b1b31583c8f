import Experiments
import Foundation
import Testing
import Training

/// A folder with CIFAR's binary files, three records each; pixel p of plane c of record r is r·16 + c + p.
func cifarFolder(labelBytes: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let names =
        labelBytes == 1
        ? (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"] : ["train.bin", "test.bin"]
    for (file, name) in names.enumerated() {
        var bytes: [UInt8] = []
        for record in 0..<3 {
            bytes += labelBytes == 2 ? [19, UInt8(90 + record)] : [UInt8(7 + record)]
            for channel in 0..<3 {
                bytes += (0..<1024).map { UInt8(truncatingIfNeeded: file * 48 + record * 16 + channel + $0) }
            }
        }
        try folder.write(name, bytes)
    }
    return folder
}

@Suite struct FileDatasetsTests {
    @Test func idxFilesAreSplitAndNormalised() throws {
        let folder = try tinyFolder()
        let dataset = try Datasets.load(settings("idx", path: folder.path, train: 5, validation: 3, test: 2))
        #expect(dataset.image == ImageSize(height: 4, width: 3, channels: 1))
        #expect(dataset.task == .classification(classes: 3))
        #expect(dataset.picture(1, of: .validation).bytes == (0..<12).map { UInt8(6 + $0) })
        #expect(example(dataset, 1, .validation).labels == [0])
        let images = (0..<5).flatMap { example(dataset, $0, .train).image }
        let mean = images.reduce(0, +) / Float(images.count)
        let square = images.reduce(0) { $0 + $1 * $1 } / Float(images.count)
        #expect(abs(mean) < 1e-5 && abs(square - 1) < 1e-4)
    }

    @Test func cifarPlanesBecomeChannels() throws {
        let folder = try cifarFolder(labelBytes: 1)
        let dataset = try Datasets.load(settings("cifar-10", path: folder.path, train: 14, validation: 1))
        #expect(dataset.count(.test) == 3)
        let picture = dataset.picture(4, of: .train)
        #expect(picture.bytes[..<6] == [64, 65, 66, 65, 66, 67])
        #expect(picture.labels == [8])
        let image = example(dataset, 4, .train).image
        #expect(abs(image[1] - Float((65.0 / 255 - 0.4822) / 0.2435)) < 1e-6)
        let hundred = try cifarFolder(labelBytes: 2)
        let fine = try Datasets.load(settings("cifar-100", path: hundred.path, train: 2, validation: 1))
        #expect(fine.picture(1, of: .train).labels == [91])
    }

    @Test func tooManyExamplesAreRefused() throws {
        let folder = try tinyFolder()
        for (train, validation, test) in [(9, 0, 1), (6, 3, 1), (4, 4, 5), (Int.max, 1, 1)] {
            let asked = settings("idx", path: folder.path, train: train, validation: validation, test: test)
            #expect(performing { try Datasets.load(asked) }?.kind == .notEnough)
        }
        for (train, validation) in [(0, 0), (-1, 0), (1, -1)] {
            let asked = settings("idx", path: folder.path, train: train, validation: validation)
            #expect(performing { try Datasets.load(asked) }?.kind == .unsuitable)
        }
        #expect(
            performing { try Datasets.load(settings("idx", path: folder.path, validation: 8)) }?.kind == .unsuitable)
        #expect(try Datasets.load(settings("idx", path: folder.path, validation: 3)).count(.train) == 5)
    }

    @Test(arguments: [
        ("empty", [UInt8](), DataError.Kind.truncated),
        ("text", Array("<html>not found</html>".utf8), .malformed),
        ("wrong type", idx([8, 4, 3], [UInt8](repeating: 0, count: 96), type: 13), .malformed),
        ("wrong rank", idx([96], [UInt8](repeating: 0, count: 96)), .malformed),
        ("no width", idx([8, 4, 0], []), .malformed),
        ("huge item", idx([1, 1 << 31, 1 << 31], []), .malformed),
        ("hostile count", idx([0xffff_ffff, 4, 3], [UInt8](repeating: 0, count: 96)), .malformed),
        ("claims more", idx([1 << 20, 4, 3], [UInt8](repeating: 0, count: 96)), .malformed),
        ("one byte short", idx([8, 4, 3], [UInt8](repeating: 0, count: 95)), .truncated),
        ("one byte long", idx([8, 4, 3], [UInt8](repeating: 0, count: 97)), .malformed),
        ("other label count", idx([7, 4, 3], [UInt8](repeating: 0, count: 84)), .malformed),
        ("other size", idx([8, 3, 4], [UInt8](repeating: 0, count: 96)), .malformed),
    ])
    func damagedImagesAreRefused(name: String, bytes: [UInt8], kind: DataError.Kind) throws {
        let folder = try tinyFolder()
        try folder.write("train-images-idx3-ubyte", bytes)
        let error = performing { try Datasets.load(settings("idx", path: folder.path)) }
        #expect(error?.kind == kind, "\(name): \(error.map(\.description) ?? "no error")")
        #expect(error?.message.contains(folder.path) == true)
    }

    @Test func headersThatAgreeOnALieAllocateNothing() throws {
        let folder = try tinyFolder()
        try folder.write("train-images-idx3-ubyte", idx([1 << 30, 4, 3], [UInt8](repeating: 0, count: 96)))
        try folder.write("train-labels-idx1-ubyte", idx([1 << 30], [0]))
        #expect(performing { try Datasets.load(settings("idx", path: folder.path)) }?.kind == .truncated)
    }

    @Test func replacedFilesAreNoticed() throws {
        let folder = try tinyFolder()
        let first = try Datasets.load(settings("idx", path: folder.path)).settings
        #expect(performing { try Datasets.load(first) } == nil)
        try folder.write("t10k-labels-idx1-ubyte", idx([4], [2, 1, 0, 0]))
        #expect(performing { try Datasets.load(first) }?.kind == .wrongDigest)
    }

    @Test func damagedCIFARFilesAreRefused() throws {
        let folder = try cifarFolder(labelBytes: 1)
        try folder.write("data_batch_3.bin", [UInt8](repeating: 1, count: 4000))
        #expect(performing { try Datasets.load(settings("cifar-10", path: folder.path)) }?.kind == .truncated)
        try folder.write("data_batch_3.bin", [UInt8](repeating: 10, count: 3073))
        #expect(performing { try Datasets.load(settings("cifar-10", path: folder.path)) }?.kind == .malformed)
        try FileManager.default.removeItem(atPath: folder.path + "/data_batch_3.bin")
        let error = performing { try Datasets.load(settings("cifar-10", path: folder.path)) }
        #expect(error?.kind == .missing && error?.message.contains("data_batch_3.bin") == true)
    }
}
