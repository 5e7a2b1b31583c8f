/// The last of what a worker writes to standard error, short enough to be stored as the reason of a failure.
struct ComplaintTail {
    /// Bytes that are kept: the crash message of a worker and the stack trace behind it.
    static let capacity = 65_536
    /// Characters of the summary.
    static let summaryLength = 500

    private var bytes: [UInt8] = []

    mutating func append(_ more: [UInt8]) {
        bytes += more
        if bytes.count > Self.capacity {
            bytes.removeFirst(bytes.count - Self.capacity)
        }
    }

    /// What went wrong, on one line: from the last fatal error on, where there is one, else the last lines. Stack traces
    /// are left out, and so are control characters, which could play tricks on a terminal.
    var summary: String {
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(whereSeparator: \.isNewline)
            .map { $0.filter { !$0.isControl }.trimmingSpaces }
            .filter { !$0.isEmpty && !Self.isOfStackTrace($0) }
        let start = lines.lastIndex { $0.contains("Fatal error") } ?? max(0, lines.count - 3)
        return String(lines[start...].prefix(3).joined(separator: " / ").prefix(Self.summaryLength))
    }

    /// `0    libswiftCore.so   0x00007f8c10c4524a _assertionFailure + 330`, or the line above such lines.
    private static func isOfStackTrace(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        return line.hasPrefix("Current stack trace")
            || (words.count >= 3 && Int(words[0]) != nil && words[1...2].contains { $0.hasPrefix("0x") })
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
