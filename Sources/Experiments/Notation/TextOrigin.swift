/// Where a text stands in a file, so that an error inside the text names the file's own line and column.
///
/// The text may be folded, quoted or indented in the file (a YAML scalar): places are found by walking text and file
/// side by side, and white space in one matches any white space in the other.
public struct TextOrigin: Sendable {
    /// The file's path as the person gave it, or a word for a text that is no file.
    public var file: String
    /// Where the text begins, counted from 1 in characters.
    public var line: Int
    public var column: Int
    /// All lines of the file, or nil where the text is all there is.
    public var fileLines: [String]?

    public init(file: String = "layout", line: Int = 1, column: Int = 1, fileLines: [String]? = nil) {
        self.file = file
        self.line = max(1, line)
        self.column = max(1, column)
        self.fileLines = fileLines
    }

    /// The place of these characters of the text, which has these lines.
    func place(of range: Range<Int>, in text: [Character], lines: [TextLine]) -> Diagnostic.Place {
        let length = max(1, visibleLength(of: range, in: text))
        if let fileLines, fileLines.indices.contains(line - 1) {
            var walk = FileWalk(lines: fileLines, line: line - 1, column: column - 1)
            walk.follow(text, to: range.lowerBound)
            return Diagnostic.Place(
                file: file, line: walk.line + 1, column: walk.column + 1, excerpt: fileLines[walk.line],
                length: length)
        }
        let index = lines.lastIndex { $0.start <= range.lowerBound } ?? 0
        let shift = index == 0 ? column - 1 : 0
        return Diagnostic.Place(
            file: file, line: line + index, column: range.lowerBound - lines[index].start + shift + 1,
            excerpt: shift == 0 ? lines[index].text : nil, length: length)
    }

    /// How many characters of the range stand on its first line.
    private func visibleLength(of range: Range<Int>, in text: [Character]) -> Int {
        let inside = range.clamped(to: 0..<text.count)
        return (text[inside].firstIndex(where: \.isNewline) ?? inside.upperBound) - inside.lowerBound
    }
}

/// One line of a text and where it begins.
struct TextLine {
    let start: Int
    let text: String

    static func lines(of text: [Character]) -> [TextLine] {
        var start = 0
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            defer { start += line.count + 1 }
            return TextLine(start: start, text: String(line))
        }
    }
}

/// A cursor in a file's lines that follows the characters of a text.
private struct FileWalk {
    let lines: [String]
    var line: Int
    var column: Int
    private var index: String.Index

    init(lines: [String], line: Int, column: Int) {
        self.lines = lines
        self.line = line
        let text = lines[line]
        index = text.index(text.startIndex, offsetBy: column, limitedBy: text.endIndex) ?? text.endIndex
        self.column = column
    }

    /// Moves to where the text's character at `offset` stands in the file.
    mutating func follow(_ text: [Character], to offset: Int) {
        var isFirst = true
        for position in 0...min(offset, text.count) {
            let character = position < text.count ? text[position] : " "
            if !character.isWhitespace {
                if isFirst { skipScalarIndicator(before: character) }
                isFirst = false
                skipWhitespace()
                guard index < lines[line].endIndex, lines[line][index] == character else { return }
            }
            if position == offset { return }
            let stayed = index == lines[line].endIndex
            if !stayed, !character.isWhitespace || lines[line][index].isWhitespace { step() }
        }
    }

    private mutating func step() {
        index = lines[line].index(after: index)
        column += 1
    }

    private mutating func skipWhitespace() {
        while true {
            while index < lines[line].endIndex, lines[line][index].isWhitespace { step() }
            guard index == lines[line].endIndex, line + 1 < lines.count else { return }
            line += 1
            column = 0
            index = lines[line].startIndex
        }
    }

    /// Passes a quotation mark, or the `|` or `>` line of a YAML block scalar.
    private mutating func skipScalarIndicator(before first: Character) {
        skipWhitespace()
        guard index < lines[line].endIndex else { return }
        let character = lines[line][index]
        if character == "\"" || character == "'", character != first {
            step()
        } else if character == "|" || character == ">", isBlockIndicator(lines[line][index...].dropFirst()) {
            while index < lines[line].endIndex { step() }
        }
    }

    private func isBlockIndicator(_ rest: Substring) -> Bool {
        let header = rest.prefix { $0 != "#" }
        return header.allSatisfy { $0.isWhitespace || $0 == "+" || $0 == "-" || $0.isASCII && $0.isNumber }
    }
}
