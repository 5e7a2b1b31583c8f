import Experiments

/// CIFAR-10 and CIFAR-100 (Krizhevsky 2009): 60,000 colour photographs of 32 × 32, from the binary version's files.
enum CIFAR {
    static let ten = DatasetDefinition(
        name: "cifar-10", summary: "50,000 + 10,000 colour photographs of 32×32, 10 classes, from its binary files",
        needsPath: true
    ) { settings throws(DataError) in
        try load(
            settings, train: (1...5).map { "data_batch_\($0).bin" }, test: "test_batch.bin", labelBytes: 1,
            classes: 10, classNames: tenNames, mean: [0.4914, 0.4822, 0.4465], deviation: [0.2470, 0.2435, 0.2616])
    }

    static let hundred = DatasetDefinition(
        name: "cifar-100", summary: "50,000 + 10,000 colour photographs of 32×32, 100 classes, from its binary files",
        needsPath: true
    ) { settings throws(DataError) in
        try load(
            settings, train: ["train.bin"], test: "test.bin", labelBytes: 2, classes: 100, classNames: [],
            mean: [0.5071, 0.4865, 0.4409], deviation: [0.2673, 0.2564, 0.2762])
    }

    private static let tenNames = [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]

    private static func load(
        _ settings: DatasetSettings, train: [String], test: String, labelBytes: Int, classes: Int,
        classNames: [String], mean: [Double], deviation: [Double]
    ) throws(DataError) -> StoredImages {
        let folder = settings.path ?? ""
        var (training, testing) = (LabelledBytes(), LabelledBytes())
        var digests: [String] = []
        for name in train {
            let path = try FileDigest.find(name, in: folder)
            digests.append(try FileDigest.stored(path))
            try CIFARFile.read(path, labelBytes: labelBytes, classes: classes, into: &training)
        }
        let path = try FileDigest.find(test, in: folder)
        digests.append(try FileDigest.stored(path))
        try CIFARFile.read(path, labelBytes: labelBytes, classes: classes, into: &testing)
        let counts = try SplitCounts(
            settings, trainAvailable: training.labels.count, testAvailable: testing.labels.count)
        return StoredImages(
            settings: settings, digest: FileDigest.combined(digests), counts: counts,
            image: ImageSize(height: CIFARFile.side, width: CIFARFile.side, channels: 3), classes: classes,
            classNames: classNames, training: training, testing: testing,
            normalization: PixelNormalization(mean: mean, deviation: deviation))
    }
}
