/// A file of the binary version of CIFAR (Krizhevsky 2009): records of label bytes and 3 × 32 × 32 pixels.
///
/// A record is one label (CIFAR-10) or a coarse and a fine one (CIFAR-100), then the red, the green and the blue plane.
enum CIFARFile {
    static let side = 32
    private static let plane = side * side

    /// Appends every record of a file: pixels with channels last, and the last of the label bytes.
    ///
    /// - Throws: `DataError` where the file is missing, ends inside a record, or holds a label beyond `classes`.
    static func read(
        _ path: String, labelBytes: Int, classes: Int, into images: inout LabelledBytes
    ) throws(DataError) {
        let stream = try ByteStream(path: path)
        let recordBytes = labelBytes + 3 * plane
        var record = try stream.next(recordBytes)
        while !record.isEmpty {
            guard record.count == recordBytes else {
                throw DataError(
                    .truncated, "\(path) ends inside a record of \(recordBytes) bytes", remedy: "get the file again")
            }
            let label = record[labelBytes - 1]
            guard label < classes else {
                throw DataError(
                    .malformed, "\(path) holds the label \(label), beyond the \(classes) classes",
                    remedy: "check that this is the binary version of CIFAR-\(classes)")
            }
            images.labels.append(label)
            for pixel in 0..<plane {
                for channel in 0..<3 {
                    images.pixels.append(record[labelBytes + channel * plane + pixel])
                }
            }
            record = try stream.next(recordBytes)
        }
    }
}
