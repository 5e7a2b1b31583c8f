/// Cuts a stream of bytes into lines, however the bytes arrive.
struct LineSplitter {
    /// No worker writes a line that is longer; a stream without line feeds must not fill the memory.
    static let longestLine = 1 << 22

    /// The bytes behind the last line feed: a line that is not complete yet.
    private(set) var rest: [UInt8] = []

    /// Whether the incomplete line is longer than any line may be.
    var overflows: Bool { rest.count > Self.longestLine }

    /// Takes in more bytes and returns the lines that they complete, without line feeds.
    mutating func append(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(rest + bytes[start..<end])
            rest.removeAll(keepingCapacity: true)
            start = end + 1
        }
        rest += bytes[start...]
        return lines
    }
}
