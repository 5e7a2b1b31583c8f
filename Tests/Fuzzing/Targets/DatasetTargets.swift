import Experiments
import Foundation
import Training

extension FuzzTarget {
    /// The four files of an IDX folder; the lengths of the first three, two bytes each, stand before them.
    static let idx = FuzzTarget("idx") { bytes in
        let names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"]
        load("idx", names.map { $0 + "-ubyte" }, from: bytes)
    }

    /// The two files of CIFAR-100, the first's length before them.
    static let cifar = FuzzTarget("cifar") { bytes in
        load("cifar-100", ["train.bin", "test.bin"], from: bytes)
    }

    /// Loads a data set from files that are cut out of the bytes, and looks at all that came.
    private static func load(_ dataset: String, _ names: [String], from bytes: [UInt8]) {
        var rest = bytes[...]
        let lengths = names.dropLast().map { _ in Int(rest.popFirst() ?? 0) << 8 | Int(rest.popFirst() ?? 0) }
        for (name, length) in zip(names, lengths + [rest.count]) {
            FuzzFolder.write(Array(rest.prefix(length)), to: name)
            rest = rest.dropFirst(length)
        }
        var settings = DatasetSettings()
        settings.name = dataset
        settings.path = FuzzFolder.path
        do throws(DataError) {
            let loaded = try Datasets.load(settings)
            precondition(Split.allCases.allSatisfy { loaded.count($0) <= bytes.count }, "examples out of nothing")
        } catch {
            precondition(!error.message.isEmpty && !error.remedy.isEmpty, "an error without words")
        }
    }
}
