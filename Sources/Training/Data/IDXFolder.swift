import Experiments

/// Any classification set in IDX files under the names that MNIST gave them, compressed (`.gz`) or not.
enum IDXFolder {
    static let definition = DatasetDefinition(
        name: "idx", summary: "any classification set in four IDX files, as MNIST names them", needsPath: true
    ) { settings throws(DataError) in
        let folder = settings.path ?? ""
        let paths = try paths(in: folder)
        var digests: [String] = []
        for path in paths {
            digests.append(try FileDigest.stored(path))
        }
        return try load(paths, settings: settings, digest: FileDigest.combined(digests))
    }

    /// The four files in the order that everything here uses.
    static let names = [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]

    static func paths(in folder: String) throws(DataError) -> [String] {
        var paths: [String] = []
        for name in names {
            paths.append(try FileDigest.find(name, in: folder))
        }
        return paths
    }

    /// What the headers of these four files say, for files whose digests are known.
    static func look(
        _ paths: [String], settings: DatasetSettings, digest: String, classes: Int, classNames: [String],
        normalization: (mean: Double, deviation: Double)
    ) throws(DataError) -> DatasetFacts {
        let (training, testing) = (try IDXFile(path: paths[0], rank: 3...4), try IDXFile(path: paths[2], rank: 3...4))
        let counts = try SplitCounts(settings, trainAvailable: training.count, testAvailable: testing.count)
        let size = try imageSize(training, testing, paths)
        return DatasetFacts(
            settings: counts.complete(settings, digest: digest), task: .classification(classes: classes),
            image: size, classNames: classNames, normalization: spread(normalization, over: size.channels),
            counts: [.train: counts.train, .validation: counts.validation, .test: counts.test])
    }

    /// The set in these four files.
    ///
    /// - Parameters:
    ///   - classes: how many classes there are; nil for the highest label of the training files and one.
    ///   - normalization: the mean and deviation of the pixels; nil to measure them on the training examples.
    static func load(
        _ paths: [String], settings: DatasetSettings, digest: String, classes: Int? = nil, classNames: [String] = [],
        normalization: (mean: Double, deviation: Double)? = nil
    ) throws(DataError) -> StoredImages {
        let trainImages = try IDXFile(path: paths[0], rank: 3...4)
        let testImages = try IDXFile(path: paths[2], rank: 3...4)
        let counts = try SplitCounts(
            settings, trainAvailable: trainImages.count, testAvailable: testImages.count)
        let size = try imageSize(trainImages, testImages, paths)
        let training = try read(trainImages, labels: paths[1], keeping: counts.train + counts.validation)
        let testing = try read(testImages, labels: paths[3], keeping: counts.test)
        let classes = classes ?? Int(training.labels.max() ?? 0) + 1
        if let label = (training.labels + testing.labels).max(), label >= classes {
            throw DataError(
                .malformed, "the label \(label) is beyond the \(classes) classes of '\(settings.name)'",
                remedy: "check the label files, or ask for more training examples")
        }
        let measured = normalization ?? statistics(training.pixels.prefix(counts.train * size.count))
        return StoredImages(
            settings: settings, digest: digest, counts: counts, image: size, classes: classes, classNames: classNames,
            training: training, testing: testing,
            normalization: spread(measured, over: size.channels))
    }

    /// One mean and deviation for all channels.
    private static func spread(_ one: (mean: Double, deviation: Double), over channels: Int) -> PixelNormalization {
        PixelNormalization(
            mean: Array(repeating: one.mean, count: channels),
            deviation: Array(repeating: one.deviation, count: channels))
    }

    private static func imageSize(_ train: IDXFile, _ test: IDXFile, _ paths: [String]) throws(DataError) -> ImageSize {
        let (dimensions, other) = (train.dimensions.dropFirst(), test.dimensions.dropFirst())
        guard dimensions == other else {
            throw DataError(
                .malformed, "\(paths[2]) holds images of \(Array(other)), but \(paths[0]) of \(Array(dimensions))",
                remedy: "give training and test images of one size")
        }
        return ImageSize(
            height: train.dimensions[1], width: train.dimensions[2],
            channels: train.dimensions.count == 4 ? train.dimensions[3] : 1)
    }

    static func read(_ images: IDXFile, labels path: String, keeping kept: Int) throws(DataError)
        -> LabelledBytes
    {
        let labels = try IDXFile(path: path, rank: 1...1)
        guard labels.count == images.count else {
            throw DataError(
                .malformed, "\(path) holds \(labels.count) labels for \(images.count) images",
                remedy: "give the label file that belongs to the images")
        }
        return LabelledBytes(pixels: try images.read(kept), labels: try labels.read(kept))
    }

    /// Mean and standard deviation of bytes, where 255 is 1. Whole numbers are summed, so the order does not matter.
    static func statistics(_ bytes: ArraySlice<UInt8>) -> (mean: Double, deviation: Double) {
        var histogram = [Int](repeating: 0, count: 256)
        for byte in bytes {
            histogram[Int(byte)] += 1
        }
        let count = Double(bytes.count)
        let mean = histogram.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) } / count
        let square = histogram.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.offset * $1.element) } / count
        let deviation = max(0, square - mean * mean).squareRoot()
        return (mean / 255, deviation > 0 ? deviation / 255 : 1)
    }
}
