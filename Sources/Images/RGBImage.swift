/// A picture of 8-bit red, green and blue, row by row from the top left: (height, width, 3).
public struct RGBImage: Hashable, Sendable {
    public let height: Int
    public let width: Int
    public let pixels: [UInt8]

    public init(height: Int, width: Int, pixels: [UInt8]) {
        precondition(
            height > 0 && width > 0 && pixels.count == height * width * 3,
            "\(pixels.count) bytes for an image of \(height)×\(width)")
        self.height = height
        self.width = width
        self.pixels = pixels
    }

    /// The same picture without colour: 0.299 red + 0.587 green + 0.114 blue in all three, as Pillow rounds it.
    var grey: RGBImage {
        var grey = pixels
        for pixel in stride(from: 0, to: pixels.count, by: 3) {
            let sum = Int(pixels[pixel]) * 19595 + Int(pixels[pixel + 1]) * 38470 + Int(pixels[pixel + 2]) * 7471
            let level = UInt8((sum + 0x8000) >> 16)
            for channel in 0..<3 { grey[pixel + channel] = level }
        }
        return RGBImage(height: height, width: width, pixels: grey)
    }
}
