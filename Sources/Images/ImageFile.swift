import CJPEG
import CPNG
import Foundation

/// Reads PNG and JPEG files as 8-bit RGB, the way that the published evaluation does: transparency is dropped, grey and
/// palette images become RGB, and an EXIF orientation is not applied.
public enum ImageFile {
    /// The longest side that is read, in pixels.
    public static let longestSide = 16_384
    /// The most pixels that are read.
    public static let mostPixels = 64 << 20
    /// The longest file that is read, in bytes.
    public static let longestFile = 256 << 20

    /// Reads a file. Throws `ImageError` naming the file and what is wrong with it.
    public static func read(path: String) throws(ImageError) -> RGBImage {
        try decode(try contents(path), path: path)
    }

    /// Decodes a file's contents; `path` is for error messages.
    public static func decode(_ bytes: [UInt8], path: String) throws(ImageError) -> RGBImage {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            return try png(bytes, path)
        }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            return try jpeg(bytes, path)
        }
        throw ImageError(path, "is neither a PNG nor a JPEG file", "convert it to PNG")
    }

    private static func contents(_ path: String) throws(ImageError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw ImageError(path, "can't be opened: \(String(cString: strerror(errno)))", "check the path")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ImageError(path, "is not a regular file", "name a PNG or JPEG file")
        }
        guard status.st_size <= longestFile else {
            throw ImageError(path, "is \(status.st_size) bytes long, more than are read", "make the image smaller")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes[filled...].withUnsafeMutableBytes {
                Foundation.read(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw ImageError(path, "can't be read whole", "check the disk") }
            filled += count
        }
        return bytes
    }

    private static func png(_ bytes: [UInt8], _ path: String) throws(ImageError) -> RGBImage {
        var (height, width) = (0, 0)
        let complaint = withPNG(bytes) { image in
            (height, width) = (Int(image.height), Int(image.width))
            return true
        }
        if let complaint { throw damaged(path, "PNG", complaint) }
        try check(height: height, width: width, path)
        var pixels = [UInt8](repeating: 0, count: height * width * 4)
        let secondComplaint = withPNG(bytes) { image in
            // With the alpha channel, so that libpng does not mix the colours with a background.
            image.format = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
            return pixels.withUnsafeMutableBytes { png_image_finish_read(&image, nil, $0.baseAddress, 0, nil) != 0 }
        }
        if let secondComplaint { throw damaged(path, "PNG", secondComplaint) }
        for index in 0..<height * width {
            for channel in 0..<3 {
                pixels[3 * index + channel] = pixels[4 * index + channel]
            }
        }
        pixels.removeLast(height * width)
        return RGBImage(height: height, width: width, pixels: pixels)
    }

    /// Opens a PNG file in memory and calls `body`, which says whether it succeeded. Gives libpng's complaint, or nil.
    private static func withPNG(_ bytes: [UInt8], _ body: (inout png_image) -> Bool) -> String? {
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        let succeeded = bytes.withUnsafeBytes {
            png_image_begin_read_from_memory(&image, $0.baseAddress, $0.count) != 0 && body(&image)
        }
        return succeeded ? nil : text(image)
    }

    private static func text(_ image: png_image) -> String {
        withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static func jpeg(_ bytes: [UInt8], _ path: String) throws(ImageError) -> RGBImage {
        var width: Int32 = 0
        var height: Int32 = 0
        var message = [CChar](repeating: 0, count: Int(JMSG_LENGTH_MAX))
        guard ablate_jpeg_decode(bytes, UInt(bytes.count), nil, &width, &height, &message) == 0 else {
            throw damaged(path, "JPEG", text(message))
        }
        try check(height: Int(height), width: Int(width), path)
        var pixels = [UInt8](repeating: 0, count: Int(height) * Int(width) * 3)
        guard ablate_jpeg_decode(bytes, UInt(bytes.count), &pixels, &width, &height, &message) == 0 else {
            throw damaged(path, "JPEG", text(message))
        }
        return RGBImage(height: Int(height), width: Int(width), pixels: pixels)
    }

    private static func text(_ message: [CChar]) -> String {
        String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func check(height: Int, width: Int, _ path: String) throws(ImageError) {
        guard height > 0, width > 0, max(height, width) <= longestSide, height <= mostPixels / width else {
            throw ImageError(
                path, "says it is \(width)×\(height) pixels large",
                "make it smaller: sides to \(longestSide), \(mostPixels) pixels in all are read")
        }
    }

    private static func damaged(_ path: String, _ kind: String, _ reason: String) -> ImageError {
        ImageError(path, "is no readable \(kind) file: \(reason)", "get the image again, or convert it to PNG")
    }
}
