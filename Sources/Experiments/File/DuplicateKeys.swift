/// Finds the second of two equal keys and renames it in a copy of the text, so that the rest of the file can be read.
///
/// The new name has as many characters of Unicode's private area as the key had, so every place stays where it is.
struct DuplicateKeys {
    private static let names: ClosedRange<UInt32> = 0xE000...0xEFFF

    private let source: SourceText
    private var lines: [String]
    private var renamed = 0
    /// Whether the last report also renamed the key.
    private(set) var hasRenamed = false

    init(_ source: SourceText) {
        self.source = source
        lines = source.lines
    }

    /// The text with its renamed keys.
    var text: String { renamed == 0 ? source.text : lines.joined(separator: "\n") }

    static func isRenamed(_ key: String) -> Bool {
        key.unicodeScalars.first.map { names.contains($0.value) } ?? false
    }

    /// Reports a key that stands twice in one mapping.
    ///
    /// - Parameter first: line and column, in scalars, of the key's first place.
    mutating func report(_ names: [String], first: (line: Int, column: Int)) -> Diagnostic? {
        hasRenamed = false
        guard let name = names.first else { return nil }
        let length = name.unicodeScalars.count
        let second = secondPlace(of: name, length: length, first: first)
        if let second { rename(second, length: length) }
        let shown = second ?? first
        return Diagnostic(
            .error, "the key `\(name.prefix(60))` stands here a second time; the first is in line \(first.line)",
            at: source.place(line: shown.line, scalarColumn: shown.column, length: length),
            remedy: "delete one of them, or give one another name")
    }

    /// The next place behind the first where the same key stands: in a block at the same column, in braces on the line.
    private func secondPlace(
        of name: String, length: Int, first: (line: Int, column: Int)
    ) -> (line: Int, column: Int)? {
        guard length > 0, lines.indices.contains(first.line - 1) else { return nil }
        let line = Array(lines[first.line - 1].unicodeScalars)
        if let column = column(of: name, in: line, from: first.column - 1 + length) {
            return (first.line, column)
        }
        for index in lines.indices.dropFirst(first.line) {
            let scalars = Array(lines[index].unicodeScalars)
            let start = scalars.firstIndex { $0 != " " } ?? scalars.count
            if let column = column(of: name, in: scalars, from: start),
                column <= first.column || start == first.column - 1
            {
                return (index + 1, column)
            }
        }
        return nil
    }

    /// The column, from 1, at which the name stands as a key.
    private func column(of name: String, in line: [Unicode.Scalar], from start: Int) -> Int? {
        let name = Array(name.unicodeScalars)
        guard start < line.count, line.count >= name.count else { return nil }
        for offset in start...max(start, line.count - name.count)
        where line[offset...].starts(with: name) && (offset == 0 || " {,\"'".unicodeScalars.contains(line[offset - 1]))
        {
            let rest = line[(offset + name.count)...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
            if rest.first == ":" { return offset + 1 }
        }
        return nil
    }

    private mutating func rename(_ place: (line: Int, column: Int), length: Int) {
        var scalars = Array(lines[place.line - 1].unicodeScalars)
        var digits: [Unicode.Scalar] = []
        var number = UInt32(renamed)
        for _ in 0..<length {
            digits.append(Unicode.Scalar(DuplicateKeys.names.lowerBound + number % 4096) ?? "?")
            number /= 4096
        }
        scalars.replaceSubrange(place.column - 1..<place.column - 1 + length, with: digits)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        lines[place.line - 1] = String(text)
        renamed += 1
        hasRenamed = true
    }
}
