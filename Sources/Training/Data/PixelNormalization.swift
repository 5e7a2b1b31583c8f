/// How the bytes of a picture become a network's numbers, channel by channel: (byte / 255 − mean) / deviation.
public struct PixelNormalization: Hashable, Sendable {
    /// The mean of each channel, where a byte of 255 is 1.
    public let mean: [Double]
    /// The standard deviation of each channel.
    public let deviation: [Double]

    /// - Parameters:
    ///   - mean: one finite number a channel.
    ///   - deviation: as many, each finite and above 0.
    public init(mean: [Double], deviation: [Double]) {
        precondition(
            PixelNormalization.isPossible(mean, deviation), "a normalisation of mean \(mean) and deviation \(deviation)"
        )
        self.mean = mean
        self.deviation = deviation
    }

    /// Bytes from 0 to 1, and nothing else: what drawn sets have.
    public static func plain(channels: Int) -> PixelNormalization {
        PixelNormalization(
            mean: Array(repeating: 0, count: channels), deviation: Array(repeating: 1, count: channels))
    }

    /// Whether a mean and a deviation of as many channels can be used.
    public static func isPossible(_ mean: [Double], _ deviation: [Double]) -> Bool {
        !mean.isEmpty && mean.count == deviation.count && mean.allSatisfy(\.isFinite)
            && deviation.allSatisfy { $0.isFinite && $0 > 0 }
    }

    /// The value of each byte, channel by channel, 256 numbers each: the bits that training sees.
    public var table: [Float] {
        zip(mean, deviation).flatMap { mean, deviation in
            (0..<256).map { Float((Double($0) / 255 - mean) / deviation) }
        }
    }
}
