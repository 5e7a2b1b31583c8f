/// The last of what a worker writes to standard error, short enough to be stored as the reason of a failure.
struct ComplaintTail {
    /// Bytes that are kept: the crash message of a worker and some lines before it.
    static let capacity = 4096
    /// Characters of the summary.
    static let summaryLength = 500

    private var bytes: [UInt8] = []

    mutating func append(_ more: [UInt8]) {
        bytes += more
        if bytes.count > Self.capacity {
            bytes.removeFirst(bytes.count - Self.capacity)
        }
    }

    /// The last lines on one line; control characters, which could play tricks on a terminal, are left out.
    var summary: String {
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(whereSeparator: \.isNewline)
            .map { $0.filter { !$0.isControl }.trimmingSpaces }
            .filter { !$0.isEmpty }
        return String(lines.suffix(3).joined(separator: " / ").suffix(Self.summaryLength))
    }
}

extension Character {
    var isControl: Bool {
        unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
    }
}

extension String {
    var trimmingSpaces: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
