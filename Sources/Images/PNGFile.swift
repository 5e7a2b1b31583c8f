import CPNG

/// Writes PNG files.
public enum PNGFile {
    /// The file's bytes.
    ///
    /// - Parameters:
    ///   - channels: 1 for grey, 3 for RGB.
    ///   - pixels: rows from the top, 8 bits a channel.
    /// - Throws: ``ImageError`` with libpng's words; `path` is for the message.
    public static func encode(height: Int, width: Int, channels: Int, pixels: [UInt8], path: String) throws(ImageError)
        -> [UInt8]
    {
        precondition([1, 3].contains(channels), "PNGFile: \(channels) channels")
        precondition(pixels.count == height * width * channels, "PNGFile: \(pixels.count) bytes for \(width)×\(height)")
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        image.width = UInt32(width)
        image.height = UInt32(height)
        image.format = channels == 1 ? 0 : UInt32(PNG_FORMAT_FLAG_COLOR)
        defer { png_image_free(&image) }
        var size = 0
        // The first call says how long the file is, the second writes it.
        guard png_image_write_to_memory(&image, nil, &size, 0, pixels, 0, nil) != 0 else {
            throw ImageError(path, "can't be made a PNG file: \(message(image))", "write it as .ppm")
        }
        var bytes = [UInt8](repeating: 0, count: size)
        guard png_image_write_to_memory(&image, &bytes, &size, 0, pixels, 0, nil) != 0 else {
            throw ImageError(path, "can't be made a PNG file: \(message(image))", "write it as .ppm")
        }
        return bytes
    }

    private static func message(_ image: png_image) -> String {
        withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
