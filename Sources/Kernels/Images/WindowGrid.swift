/// How an image is cut into square windows: row by row from the top left, those at the right and bottom edge filled up with
/// zeros.
///
/// Images (images, height, width, channels); windows (images · windowsPerImage, window², channels), tokens row by row inside
/// a window, windows row by row inside an image.
public struct WindowGrid: Sendable, Equatable {
    public let height: Int
    public let width: Int
    public let channels: Int
    /// Pixels of a window's side.
    public let window: Int

    public init(height: Int, width: Int, channels: Int, window: Int) {
        precondition(
            height > 0 && width > 0 && channels > 0 && window > 0,
            "windows need sizes of at least 1: \(height)×\(width)×\(channels), window \(window)")
        self.height = height
        self.width = width
        self.channels = channels
        self.window = window
    }

    public var windowRows: Int { (height + window - 1) / window }
    public var windowColumns: Int { (width + window - 1) / window }
    public var windowsPerImage: Int { windowRows * windowColumns }

    /// Floats of one image.
    public var imageCount: Int { height * width * channels }

    /// Floats of one image's windows.
    public var windowsCount: Int { windowsPerImage * window * window * channels }

    /// Copies a range of images into their windows; pixels beyond the edge become zero.
    public func partition(images: Range<Int>, _ image: FloatPointer, into windows: MutableFloatPointer) {
        forEachRun(images) { imageOffset, windowOffset, count in
            let target = windows + windowOffset
            target.update(from: image + imageOffset, count: count)
            (target + count).update(repeating: 0, count: window &* channels &- count)
        }
    }

    /// Copies the windows of a range of images back; what lies beyond the edge is dropped.
    public func reverse(images: Range<Int>, _ windows: FloatPointer, into image: MutableFloatPointer) {
        forEachRun(images) { imageOffset, windowOffset, count in
            (image + imageOffset).update(from: windows + windowOffset, count: count)
        }
    }

    /// Visits every row of every window: where its pixels lie in the images and in the windows, and how many floats of it
    /// lie inside the image.
    @inline(__always)
    private func forEachRun(_ images: Range<Int>, _ body: (_ image: Int, _ window: Int, _ count: Int) -> Void) {
        for image in images {
            var offset = image &* windowsCount
            for windowRow in 0..<windowRows {
                for windowColumn in 0..<windowColumns {
                    let left = windowColumn &* window
                    for row in (windowRow &* window)..<((windowRow &+ 1) &* window) {
                        let inside = row < height ? min(window, width &- left) &* channels : 0
                        let pixel = image &* imageCount &+ (min(row, height &- 1) &* width &+ left) &* channels
                        body(pixel, offset, inside)
                        offset &+= window &* channels
                    }
                }
            }
        }
    }
}
