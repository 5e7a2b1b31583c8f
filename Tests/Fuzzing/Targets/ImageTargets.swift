import CZlib
import Images

extension FuzzTarget {
    /// A PNG file, once as it lies and once with the checksums and the small size that it should have, so that what they
    /// guard is read.
    static let png = FuzzTarget("png") { bytes in
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        decode(signature + bytes)
        decode(signature + withChecksums(bytes))
    }

    /// A JPEG file of at most 255 × 255 pixels.
    static let jpeg = FuzzTarget("jpeg") { bytes in
        decode([0xFF, 0xD8, 0xFF] + withSmallFrame(bytes))
    }

    /// Decodes a picture, and brings it to a network's size.
    private static func decode(_ bytes: [UInt8]) {
        do throws(ImageError) {
            let image = try ImageFile.decode(bytes, path: "fuzz")
            precondition(image.pixels.count == image.height * image.width * 3, "pixels out of nothing")
            let prepared = try ImagePreparation(height: 8, width: 8)(image, path: "fuzz")
            precondition(prepared.count == 192 && prepared.allSatisfy(\.isFinite), "a picture of another size")
        } catch {
            precondition(!error.message.isEmpty && !error.remedy.isEmpty, "an error without words")
        }
    }

    /// Chunk by chunk: length, kind, content, checksum of kind and content (PNG, 3rd edition, section 5.3). The first is
    /// the header, which begins with width and height.
    private static func withChecksums(_ chunks: [UInt8]) -> [UInt8] {
        var bytes = chunks
        if bytes.count >= 16 { bytes.replaceSubrange(8..<16, with: [0, 0, 0, bytes[11], 0, 0, 0, bytes[15]]) }
        var start = 0
        while start + 12 <= bytes.count {
            let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = start + 8 + length
            guard end + 4 <= bytes.count else { break }
            let checksum = bytes[(start + 4)..<end].withUnsafeBufferPointer {
                crc32(0, $0.baseAddress, UInt32($0.count))
            }
            for byte in 0..<4 { bytes[end + byte] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * UInt(byte))) }
            start = end + 4
        }
        return bytes
    }

    /// Sets the upper bytes of height and width to 0 behind each marker that begins a frame (ITU T.81, section B.2.2).
    private static func withSmallFrame(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for start in bytes.indices.dropLast(8) where bytes[start] == 0xFF && (0xC0...0xCF).contains(bytes[start + 1]) {
            bytes[start + 5] = 0
            bytes[start + 7] = 0
        }
        return bytes
    }
}
