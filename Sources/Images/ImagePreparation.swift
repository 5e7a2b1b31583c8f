/// What the published evaluation does with a picture before the network sees it: bicubic resizing, a crop from the middle,
/// and normalisation, with ImageNet's mean and standard deviation unless another is given.
///
/// The numbers are those of `timm.data.create_transform`: the shorter side becomes ⌊side / cropFraction⌋ and the longer
/// one follows (rounded down); where the picture is squashed, both sides do.
public struct ImagePreparation: Hashable, Sendable {
    /// (byte / 255 − mean) / deviation for ImageNet's three channels, as torchvision computes it in 32 bits.
    public static let imageNet: [Float] = zip(
        [0.485, 0.456, 0.406] as [Float], [0.229, 0.224, 0.225] as [Float]
    ).flatMap { mean, deviation in (0..<256).map { (Float($0) / 255 - mean) / deviation } }

    /// Height of what the network reads, in pixels.
    public var height: Int
    /// Width of what the network reads, in pixels.
    public var width: Int
    /// The part of the resized picture's side that the crop keeps: above 0, at most 1.
    public var cropFraction: Double
    /// Whether the picture's proportions are given up so that nothing of it is cut off at a crop fraction of 1.
    public var squashes: Bool
    /// The number for each byte, channel by channel, 256 each. One channel makes the picture grey.
    public let table: [Float]

    public init(
        height: Int, width: Int, cropFraction: Double = 1, squashes: Bool = false,
        table: [Float] = ImagePreparation.imageNet
    ) {
        precondition(height > 0 && width > 0, "ImagePreparation: \(height)×\(width) pixels")
        precondition(cropFraction > 0 && cropFraction <= 1, "ImagePreparation: a crop fraction of \(cropFraction)")
        precondition([256, 768].contains(table.count), "ImagePreparation: a table of \(table.count) numbers")
        self.table = table
        self.height = height
        self.width = width
        self.cropFraction = cropFraction
        self.squashes = squashes
    }

    private var channels: Int { table.count / 256 }

    /// The network's input: height × width × channels numbers, row by row, channels last.
    ///
    /// - Throws: `ImageError` where the picture is so long and thin that its resized form would be too large.
    public func callAsFunction(_ image: RGBImage, path: String) throws(ImageError) -> [Float] {
        let size = resizedSize(of: image)
        guard size.height <= ImageFile.mostPixels / size.width else {
            throw ImageError(
                path,
                "is \(image.width)×\(image.height) pixels large and would be resized to "
                    + "\(size.width)×\(size.height)", "cut a part out of it that is less long and thin")
        }
        let image = channels == 1 ? image.grey : image
        return normalized(BicubicResampling.resize(image, height: size.height, width: size.width))
    }

    /// Height and width after resizing, before the crop.
    package func resizedSize(of image: RGBImage) -> (height: Int, width: Int) {
        let target = (height: Int(Double(height) / cropFraction), width: Int(Double(width) / cropFraction))
        if squashes { return target }
        if target.height == target.width {
            let side = target.height
            return image.height <= image.width
                ? (side, side * image.width / image.height) : (side * image.height / image.width, side)
        }
        let ratio = min(Double(image.height) / Double(target.height), Double(image.width) / Double(target.width))
        func scaled(_ length: Int) -> Int { Int((Double(length) / ratio).rounded(.toNearestOrEven)) }
        return (scaled(image.height), scaled(image.width))
    }

    /// The middle of the picture, each byte looked up in its channel of the table.
    private func normalized(_ image: RGBImage) -> [Float] {
        let top = Int((Double(image.height - height) / 2).rounded(.toNearestOrEven))
        let left = Int((Double(image.width - width) / 2).rounded(.toNearestOrEven))
        let channels = channels
        var values = [Float](repeating: 0, count: height * width * channels)
        for y in 0..<height {
            for x in 0..<width {
                let pixel = ((y + top) * image.width + x + left) * 3
                for channel in 0..<channels {
                    values[(y * width + x) * channels + channel] =
                        table[channel << 8 | Int(image.pixels[pixel + channel])]
                }
            }
        }
        return values
    }
}
