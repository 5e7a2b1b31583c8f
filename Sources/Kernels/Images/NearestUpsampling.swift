/// Nearest-neighbour enlargement of images by whole factors, and its gradient.
///
/// x (images, height, width, channels), y (images, height · rowFactor, width · columnFactor, channels).
public struct NearestUpsampling: Sendable, Equatable {
    public let height: Int
    public let width: Int
    public let channels: Int
    public let rowFactor: Int
    public let columnFactor: Int

    public init(height: Int, width: Int, channels: Int, rowFactor: Int, columnFactor: Int) {
        precondition(
            height > 0 && width > 0 && channels > 0 && rowFactor > 0 && columnFactor > 0,
            "upsampling needs sizes of at least 1: \(height)×\(width)×\(channels) by \(rowFactor)×\(columnFactor)")
        self.height = height
        self.width = width
        self.channels = channels
        self.rowFactor = rowFactor
        self.columnFactor = columnFactor
    }

    /// Copies each pixel to its block, for a range of images.
    public func forward(images: Range<Int>, _ x: FloatPointer, into y: MutableFloatPointer) {
        for pixel in (images.lowerBound * height * width)..<(images.upperBound * height * width) {
            forEachCopy(of: pixel) { offset in (y + offset).update(from: x + pixel &* channels, count: channels) }
        }
    }

    /// dx = Σ dy over each pixel's block, for a range of images; adds to what is there with `accumulate`.
    public func backward(
        images: Range<Int>, _ dy: FloatPointer, accumulate: Bool, into dx: MutableFloatPointer
    ) {
        for pixel in (images.lowerBound * height * width)..<(images.upperBound * height * width) {
            let target = dx + pixel &* channels
            if !accumulate { target.update(repeating: 0, count: channels) }
            forEachCopy(of: pixel) { offset in
                let source = dy + offset
                for channel in 0..<channels { target[channel] += source[channel] }
            }
        }
    }

    /// Visits the places of one pixel's copies.
    @inline(__always)
    private func forEachCopy(of pixel: Int, _ body: (Int) -> Void) {
        let (line, column) = pixel.quotientAndRemainder(dividingBy: width)
        let enlargedWidth = width &* columnFactor
        for row in 0..<rowFactor {
            for copy in 0..<columnFactor {
                let place = (line &* rowFactor &+ row) &* enlargedWidth &+ column &* columnFactor &+ copy
                body(place &* channels)
            }
        }
    }
}
