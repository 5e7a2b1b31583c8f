/// The mean of each channel over all pixels of an image, and its gradient.
///
/// x (images, pixels, channels), y (images, channels). Each mean is one chain in the order of the pixels.
public enum GlobalAverage {
    /// y = (Σ x over pixels) / pixels, for a range of images.
    public static func forward(
        images: Range<Int>, pixels: Int, channels: Int, _ x: FloatPointer, into y: MutableFloatPointer
    ) {
        let scale = 1 / Float(pixels)
        for image in images {
            let mean = y + image &* channels
            Products.columnSums(
                rows: pixels, columns: channels, x + image &* pixels &* channels, stride: channels, accumulate: false,
                into: mean)
            for channel in 0..<channels { mean[channel] *= scale }
        }
    }

    /// dx = dy / pixels at every pixel, for a range of images; adds to what is there with `accumulate`.
    public static func backward(
        images: Range<Int>, pixels: Int, channels: Int, _ dy: FloatPointer, accumulate: Bool,
        into dx: MutableFloatPointer
    ) {
        let scale = 1 / Float(pixels)
        for image in images {
            let source = dy + image &* channels
            for pixel in 0..<pixels {
                let target = dx + (image &* pixels &+ pixel) &* channels
                if accumulate {
                    for channel in 0..<channels { target[channel] += source[channel] * scale }
                } else {
                    for channel in 0..<channels { target[channel] = source[channel] * scale }
                }
            }
        }
    }
}
