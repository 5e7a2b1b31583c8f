import Images
import Training

/// Pictures as files.
enum PictureFile {
    enum Kind: String {
        /// What every program reads.
        case png
        /// The portable pixmap format, which is nothing but its pixels.
        case ppm

        /// The kind that a path ends in.
        init?(path: String) {
            guard let dot = path.lastIndex(of: ".") else { return nil }
            self.init(rawValue: path[path.index(after: dot)...].lowercased())
        }
    }

    static func bytes(of picture: Picture, path: String) throws -> [UInt8] {
        guard Kind(path: path) == .ppm else {
            return try PNGFile.encode(
                height: picture.size.height, width: picture.size.width, channels: picture.size.channels,
                pixels: picture.bytes, path: path)
        }
        let isGrey = picture.size.channels == 1
        return Array("\(isGrey ? "P5" : "P6")\n\(picture.size.width) \(picture.size.height)\n255\n".utf8)
            + picture.bytes
    }
}

extension Picture {
    /// Each pixel as a square of `factor` × `factor` pixels.
    func magnified(_ factor: Int) -> Picture {
        guard factor > 1 else { return self }
        let large = ImageSize(height: size.height * factor, width: size.width * factor, channels: size.channels)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(large.count)
        for y in 0..<large.height {
            for x in 0..<large.width {
                let start = (y / factor * size.width + x / factor) * size.channels
                pixels += bytes[start..<start + size.channels]
            }
        }
        return Picture(size: large, bytes: pixels, labels: labels)
    }
}
