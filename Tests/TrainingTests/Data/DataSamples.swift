import Experiments
import Foundation

import Training

/// A folder that is gone when the test is over.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/ablate-training-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }
}

/// The bytes of an IDX file.
func idx(_ dimensions: [Int], _ bytes: [UInt8], type: UInt8 = 8) -> [UInt8] {
    var file: [UInt8] = [0, 0, type, UInt8(dimensions.count)]
    for dimension in dimensions {
        file += (0..<4).map { UInt8(truncatingIfNeeded: dimension >> (24 - 8 * $0)) }
    }
    return file + bytes
}

/// A folder with a tiny set: `train` and `test` images of 4 × 3, pixel p of image i being i + p, label i modulo 3.
func tinyFolder(train: Int = 8, test: Int = 4) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (prefix, count) in [("train", train), ("t10k", test)] {
        let pixels = (0..<count).flatMap { image in (0..<12).map { UInt8(image + $0) } }
        try folder.write("\(prefix)-images-idx3-ubyte", idx([count, 4, 3], pixels))
        try folder.write("\(prefix)-labels-idx1-ubyte", idx([count], (0..<count).map { UInt8($0 % 3) }))
    }
    return folder
}

func settings(_ name: String, path: String? = nil, train: Int? = nil, validation: Int = 0, test: Int? = nil)
    -> DatasetSettings
{
    var settings = DatasetSettings()
    settings.name = name
    settings.path = path
    settings.train = train
    settings.validation = validation
    settings.test = test
    return settings
}

/// One example as arrays.
func example(_ dataset: any Dataset, _ index: Int, _ split: Split) -> (image: [Float], labels: [Int32]) {
    var image = [Float](repeating: .nan, count: dataset.image.count)
    var labels = [Int32](repeating: .max, count: dataset.task.labelsPerExample)
    dataset.write(index, of: split, image: &image, labels: &labels)
    return (image, labels)
}
