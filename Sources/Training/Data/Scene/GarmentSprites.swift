import Experiments
import Randomness

/// The garments of Fashion-MNIST, shrunk to 14 × 14, by class and split.
struct GarmentSprites: Sendable {
    static let side = 14
    /// Training images that training scenes show; validation scenes show those behind them.
    private static let forTraining = 50_000

    /// (garments, 14, 14): the training images, and those of the test behind them.
    private var pixels: [UInt8] = []
    /// The garments of each class by split.
    private var garments: [Split: [[Int]]] = [:]

    /// Nothing but the knowledge that the files are right.
    static func check(_ settings: DatasetSettings) throws(DataError) -> GarmentSprites {
        _ = try FashionMNIST.paths(settings)
        return GarmentSprites()
    }

    static func load(_ settings: DatasetSettings) throws(DataError) -> GarmentSprites {
        var sprites = GarmentSprites()
        for split in Split.allCases {
            sprites.garments[split] = FashionMNIST.classNames.map { _ in [] }
        }
        let (training, testing) = try FashionMNIST.garments(settings)
        sprites.pixels = shrunk(training.pixels) + shrunk(testing.pixels)
        for (index, label) in training.labels.enumerated() {
            sprites.garments[index < forTraining ? .train : .validation]?[Int(label)].append(index)
        }
        for (index, label) in testing.labels.enumerated() {
            sprites.garments[.test]?[Int(label)].append(training.labels.count + index)
        }
        return sprites
    }

    /// One garment of a class, each of the split's as likely.
    func draw(_ label: Int, of split: Split, _ generator: inout RandomGenerator) -> Int {
        guard let all = garments[split]?[label] else { preconditionFailure("no garments for \(split) were loaded") }
        return all[generator.index(below: all.count)]
    }

    /// The 14 × 14 bytes of a garment.
    func withPixels(_ garment: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let count = GarmentSprites.side * GarmentSprites.side
        pixels.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[garment * count..<(garment + 1) * count]))
        }
    }

    /// Images of 28 × 28 with each 2 × 2 pixels replaced by their mean, rounded.
    private static func shrunk(_ pixels: [UInt8]) -> [UInt8] {
        let (side, images) = (GarmentSprites.side, pixels.count / (28 * 28))
        return [UInt8](unsafeUninitializedCapacity: images * side * side) { target, count in
            count = images * side * side
            for place in 0..<count {
                let (image, y, x) = (place / (side * side), place / side % side, place % side)
                let first = image * 28 * 28 + 2 * y * 28 + 2 * x
                let sum =
                    Int(pixels[first]) + Int(pixels[first + 1]) + Int(pixels[first + 28]) + Int(pixels[first + 29])
                target[place] = UInt8((sum + 2) / 4)
            }
        }
    }
}
