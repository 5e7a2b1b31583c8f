import Experiments

/// A few examples of a data set as a person would look at them.
public enum DatasetPreview {
    /// The first `count` examples of a split.
    public static func pictures(_ dataset: any Dataset, _ split: Split, count: Int) -> [Picture] {
        (0..<dataset.count(split)).prefix(max(0, count)).map { dataset.picture($0, of: split) }
    }

    /// Pictures of one size side by side, `columns` in a row, one pixel of grey between them.
    public static func sheet(_ pictures: [Picture], columns: Int) -> Picture? {
        guard let size = pictures.first?.size, columns > 0 else { return nil }
        precondition(pictures.allSatisfy { $0.size == size }, "a sheet of pictures of different sizes")
        let rows = (pictures.count + columns - 1) / columns
        let sheet = ImageSize(
            height: rows * (size.height + 1) - 1, width: columns * (size.width + 1) - 1, channels: size.channels)
        var bytes = [UInt8](repeating: 128, count: sheet.count)
        for (position, picture) in pictures.enumerated() {
            let (top, left) = (position / columns * (size.height + 1), position % columns * (size.width + 1))
            let rowBytes = size.width * size.channels
            for y in 0..<size.height {
                let target = ((top + y) * sheet.width + left) * size.channels
                bytes.replaceSubrange(
                    target..<target + rowBytes, with: picture.bytes[y * rowBytes..<(y + 1) * rowBytes])
            }
        }
        return Picture(size: sheet, bytes: bytes, labels: pictures.flatMap(\.labels))
    }
}
