import Experiments
import Randomness

/// How training examples are changed before the network sees them.
///
/// Every draw is addressed by (seed, epoch, example), so it depends neither on the batch nor on the thread.
public struct Augmentation: Sendable {
    /// Pixels of black that the random crop may move the image by; 0 for none.
    let crop: Int
    let flip: Bool
    let mixup: BetaDistribution?
    let labelSmoothing: Double
    private let key: RandomKey

    /// - Throws: `DataError.unsuitable` where the settings are out of range, or would move the labels of a dense task
    ///   away from what they belong to.
    public init(_ settings: TrainSettings, task: DataTask, image: ImageSize, seed: Int) throws(DataError) {
        if case .dense = task, settings.crop != 0 || settings.flip || settings.mixup != 0 {
            throw DataError(
                .unsuitable, "crop, flip and mixup would separate the labels of a dense task from their places",
                remedy: "leave them out for this data set")
        }
        guard settings.crop >= 0, settings.crop <= min(image.height, image.width) else {
            throw DataError(
                .unsuitable, "a crop of \(settings.crop) pixels does not fit images of \(image.height)×\(image.width)",
                remedy: "ask for 0 to \(min(image.height, image.width)) pixels")
        }
        guard settings.mixup >= 0, settings.mixup.isFinite, (0..<1).contains(settings.labelSmoothing) else {
            throw DataError(
                .unsuitable,
                "mixup of \(settings.mixup) and label smoothing of \(settings.labelSmoothing) can't be used",
                remedy: "mixup is 0 or more, label smoothing at least 0 and below 1")
        }
        crop = settings.crop
        flip = settings.flip
        mixup = settings.mixup > 0 ? BetaDistribution(alpha: settings.mixup) : nil
        labelSmoothing = settings.labelSmoothing
        key = RandomKey(seed: UInt64(bitPattern: Int64(seed)))["augment"]
    }

    /// Whether images are moved or mirrored at all.
    var movesImages: Bool { crop > 0 || flip }

    /// Where the example's image is moved in this epoch.
    func movement(epoch: Int, example: Int) -> Movement {
        var generator = key[epoch][example]["movement"].generator
        let down = crop > 0 ? generator.index(below: 2 * crop + 1) - crop : 0
        let right = crop > 0 ? generator.index(below: 2 * crop + 1) - crop : 0
        return Movement(down: down, right: right, mirrored: flip && generator.next() >> 63 == 1)
    }

    /// The share that the example keeps of itself in this epoch's mixture; 1 without mixup.
    func share(epoch: Int, example: Int) -> Float {
        guard let mixup else { return 1 }
        var generator = key[epoch][example]["mixup"].generator
        return Float(mixup.draw(&generator))
    }
}

/// A shift of an image, with black where nothing comes from, after mirroring it left to right or not.
struct Movement: Hashable {
    var down: Int
    var right: Int
    var mirrored: Bool

    /// Writes the moved image: target(y, x) = source(y − down, x − right), mirrored first.
    func apply(
        from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, size: ImageSize, black: [Float]
    ) {
        let (height, width, channels) = (size.height, size.width, size.channels)
        for y in 0..<height {
            for x in 0..<width {
                let (fromY, shiftedX) = (y - down, x - right)
                let pixel = target + (y * width + x) * channels
                if fromY >= 0, fromY < height, shiftedX >= 0, shiftedX < width {
                    let fromX = mirrored ? width - 1 - shiftedX : shiftedX
                    pixel.update(from: source + (fromY * width + fromX) * channels, count: channels)
                } else {
                    black.withUnsafeBufferPointer { black in
                        for channel in 0..<channels {
                            pixel[channel] = black[channel]
                        }
                    }
                }
            }
        }
    }
}
