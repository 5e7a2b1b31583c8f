/// A file of the IDX format (LeCun, Cortes and Burges 1998): a header with the dimensions, then unsigned bytes.
///
/// ```
/// 00 00 08 RR    magic: 08 unsigned bytes, RR dimensions
/// NN NN NN NN    each dimension, most significant byte first
/// …              the bytes, last dimension fastest
/// ```
struct IDXFile {
    /// The lengths that the header states; the first is the number of items.
    let dimensions: [Int]
    /// How many bytes one item takes.
    let itemBytes: Int
    private let stream: ByteStream

    /// The most bytes that one item, and all items together, may take.
    private static let itemLimit = 1 << 24
    private static let totalLimit = 1 << 36

    var count: Int { dimensions[0] }

    /// Opens the file and reads its header.
    ///
    /// - Throws: `DataError` where the file is missing, is no IDX file of bytes, has another number of dimensions than
    ///   `rank`, or claims an impossible size.
    init(path: String, rank: ClosedRange<Int>) throws(DataError) {
        stream = try ByteStream(path: path)
        let magic = try stream.read(4)
        guard magic[0] == 0, magic[1] == 0 else {
            throw DataError(.malformed, "\(path) is no IDX file", remedy: "give an IDX file, compressed or not")
        }
        guard magic[2] == 8, rank.contains(Int(magic[3])) else {
            throw DataError(
                .malformed,
                "\(path) holds values of type \(magic[2]) in \(magic[3]) dimensions",
                remedy: "give a file of unsigned bytes (type 8) in \(rank.lowerBound)"
                    + (rank.count > 1 ? " to \(rank.upperBound)" : "") + " dimensions")
        }
        let header = try stream.read(4 * Int(magic[3]))
        var dimensions: [Int] = []
        for start in stride(from: 0, to: header.count, by: 4) {
            dimensions.append(header[start..<start + 4].reduce(0) { $0 << 8 | Int($1) })
        }
        var itemBytes = 1
        for dimension in dimensions.dropFirst() {
            itemBytes = min(itemBytes, IDXFile.itemLimit + 1) * dimension
        }
        guard dimensions.allSatisfy({ $0 > 0 }), itemBytes <= IDXFile.itemLimit,
            dimensions[0] <= IDXFile.totalLimit / itemBytes
        else {
            throw DataError(
                .malformed, "the header of \(path) claims an impossible size, \(dimensions)",
                remedy: "get the file again")
        }
        self.dimensions = dimensions
        self.itemBytes = itemBytes
    }

    /// The bytes of the first `kept` items. Reads on to the end, to be sure that the file is whole.
    func read(_ kept: Int) throws(DataError) -> [UInt8] {
        precondition(kept <= count, "IDX: \(kept) of \(count) items")
        let bytes = try stream.read(kept * itemBytes)
        try stream.skip((count - kept) * itemBytes)
        guard try stream.isAtEnd() else {
            throw DataError(
                .malformed, "\(stream.path) is longer than its header says", remedy: "get the file again")
        }
        return bytes
    }
}
