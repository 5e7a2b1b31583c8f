import ArgumentParser
import Images
import Training

/// How pictures are normalised, on the command line: `imagenet`, `0.5/0.25`, or `0.49,0.48,0.45/0.25,0.24,0.26`.
enum PictureNormalization: ExpressibleByArgument, Hashable {
    /// ImageNet's mean and deviation, as torchvision computes with them.
    case imageNet
    /// (byte / 255 − mean) / deviation.
    case given(PixelNormalization)

    init?(argument: String) {
        if argument.lowercased() == "imagenet" {
            self = .imageNet
            return
        }
        let sides = argument.split(separator: "/", omittingEmptySubsequences: false).map { side in
            side.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
        }
        guard sides.count == 2, PixelNormalization.isPossible(sides[0], sides[1]) else { return nil }
        self = .given(PixelNormalization(mean: sides[0], deviation: sides[1]))
    }

    /// The number for each byte, channel by channel; nil where the channels are others.
    func table(channels: Int) -> [Float]? {
        switch self {
        case .imageNet: return channels == 3 ? ImagePreparation.imageNet : nil
        case .given(let numbers):
            let table = numbers.table
            if table.count == 256 { return Array(repeating: table, count: channels).flatMap { $0 } }
            return table.count == 256 * channels ? table : nil
        }
    }
}
