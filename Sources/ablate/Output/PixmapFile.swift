import Training

/// Pictures in the portable pixmap format, which needs no library and which every picture program reads.
enum PixmapFile {
    static func bytes(of picture: Picture) -> [UInt8] {
        let isGrey = picture.size.channels == 1
        return Array("\(isGrey ? "P5" : "P6")\n\(picture.size.width) \(picture.size.height)\n255\n".utf8)
            + picture.bytes
    }
}
