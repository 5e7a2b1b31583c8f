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
}
