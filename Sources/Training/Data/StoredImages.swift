import Experiments

/// Images as bytes with their labels, one after the other.
struct LabelledBytes {
    /// (examples, height, width, channels)
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
}

/// A classification set that was read from files: bytes in memory, normalised as they are written.
struct StoredImages: Dataset {
    let settings: DatasetSettings
    let task: DataTask
    let image: ImageSize
    let classNames: [String]
    let black: [Float]
    let normalization: PixelNormalization
    private let counts: SplitCounts
    private let training: LabelledBytes
    private let testing: LabelledBytes
    /// The normalised value of each byte, channel by channel: 256 numbers each.
    private let table: [Float]

    /// - Parameters:
    ///   - training: the training examples, and behind them those for validation.
    ///   - normalization: by the mean and the deviation of each channel over the training set.
    init(
        settings: DatasetSettings, digest: String, counts: SplitCounts, image: ImageSize, classes: Int,
        classNames: [String], training: LabelledBytes, testing: LabelledBytes, normalization: PixelNormalization
    ) {
        self.settings = counts.complete(settings, digest: digest)
        self.counts = counts
        self.image = image
        self.classNames = classNames
        self.training = training
        self.testing = testing
        task = .classification(classes: classes)
        self.normalization = normalization
        table = normalization.table
        black = normalization.mean.indices.map { [table] in table[$0 * 256] }
    }

    func count(_ split: Split) -> Int { counts[split] }

    func write(
        _ index: Int, of split: Split, image target: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Int32>
    ) {
        let (store, place) = locate(index, split)
        labels[0] = Int32(store.labels[place])
        let (pixels, channels) = (image.count, image.channels)
        store.pixels.withUnsafeBufferPointer { bytes in
            table.withUnsafeBufferPointer { table in
                var channel = 0
                for pixel in 0..<pixels {
                    target[pixel] = table[channel << 8 | Int(bytes[place * pixels + pixel])]
                    channel += 1
                    if channel == channels {
                        channel = 0
                    }
                }
            }
        }
    }

    func picture(_ index: Int, of split: Split) -> Picture {
        let (store, place) = locate(index, split)
        let bytes = store.pixels[place * image.count..<(place + 1) * image.count]
        return Picture(size: image, bytes: Array(bytes), labels: [Int32(store.labels[place])])
    }

    private func locate(_ index: Int, _ split: Split) -> (LabelledBytes, Int) {
        precondition(index >= 0 && index < counts[split], "example \(index) of \(counts[split]) in \(split)")
        switch split {
        case .train: return (training, index)
        case .validation: return (training, counts.train + index)
        case .test: return (testing, index)
        }
    }
}
