/// The text of an experiment file, known to be text: decoded, of bearable size, cut into lines.
struct SourceText: Sendable {
    /// Longer files are refused: no experiment needs them, and reading would take long.
    static let largestBytes = 1_000_000
    private static let listedTabs = 20

    /// The file's path as the person gave it.
    let file: String
    /// The text without a byte order mark.
    let text: String
    /// The lines without their ends, cut where YAML cuts them.
    let lines: [String]

    /// - Parameter bytes: the whole file, or its first `largestBytes` + 1 bytes.
    /// - Throws: what makes the bytes unreadable as YAML: too many, not UTF-8, control characters, tabs as indentation.
    init(_ bytes: [UInt8], file: String) throws(Diagnostics) {
        self.file = file
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard bytes.count <= SourceText.largestBytes else {
            let place = SourceText.place(ofByte: SourceText.largestBytes, in: bytes, file: file)
            throw Diagnostics([
                Diagnostic(
                    .error, "the file is longer than \(SourceText.largestBytes) bytes", at: place,
                    remedy: "give an experiment file; sweeps are written as `sweep:`, not row by row")
            ])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let place = SourceText.place(ofByte: SourceText.firstInvalidByte(of: bytes), in: bytes, file: file)
            throw Diagnostics([
                Diagnostic(
                    .error, "the file is not UTF-8 text", at: place,
                    remedy: "save it as UTF-8, or check that this is the file you meant")
            ])
        }
        self.text = text
        lines = SourceText.lines(of: text)
        try refuseControlCharacters()
        try refuseTabs()
    }

    /// Longer lines are not shown, and their columns count Unicode scalars, so that no file takes long to report on.
    static let longestShownLine = 500

    /// The place of a line and column, both from 1, the column counted in Unicode scalars as YAML does.
    func place(line: Int, scalarColumn: Int, length: Int = 1) -> Diagnostic.Place {
        let line = min(max(line, 1), max(lines.count, 1))
        let text = lines[line - 1]
        guard text.utf8.count <= SourceText.longestShownLine else {
            return place(line: line, column: scalarColumn, length: length)
        }
        let scalars = text.unicodeScalars
        let index = scalars.index(scalars.startIndex, offsetBy: scalarColumn - 1, limitedBy: scalars.endIndex)
        let column = text.distance(from: text.startIndex, to: index ?? text.endIndex) + 1
        return place(line: line, column: column, length: length)
    }

    /// The place of a line and column, both from 1, the column counted in characters.
    func place(line: Int, column: Int, length: Int = 1) -> Diagnostic.Place {
        let isShown = lines.indices.contains(line - 1) && lines[line - 1].utf8.count <= SourceText.longestShownLine
        let excerpt = isShown ? lines[line - 1] : nil
        return Diagnostic.Place(file: file, line: line, column: column, excerpt: excerpt, length: max(1, length))
    }

    /// YAML ends a line at LF, CR LF, CR, NEL, LS and PS.
    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                lines.append(String(line))
                line = String.UnicodeScalarView()
            default: line.append(scalar)
            }
            previous = scalar
        }
        lines.append(String(line))
        return lines
    }

    private func refuseControlCharacters() throws(Diagnostics) {
        for (index, line) in lines.enumerated() {
            guard let offset = line.unicodeScalars.enumerated().first(where: { !isReadable($0.element) }) else {
                continue
            }
            let code = String(offset.element.value, radix: 16, uppercase: true)
            var place = place(line: index + 1, scalarColumn: offset.offset + 1)
            place.excerpt = nil
            throw Diagnostics([
                Diagnostic(
                    .error,
                    "the file holds the control character U+" + String(repeating: "0", count: 4 - code.count)
                        + code, at: place,
                    remedy: "delete it; if the file is full of them it is a binary file, not an experiment file")
            ])
        }
    }

    private func isReadable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private func refuseTabs() throws(Diagnostics) {
        var found: [Diagnostic] = []
        for (index, line) in lines.enumerated() where found.count < SourceText.listedTabs {
            let indentation = line.unicodeScalars.prefix { $0 == " " || $0 == "\t" }
            guard indentation.count < line.unicodeScalars.count,
                let offset = indentation.enumerated().first(where: { $0.element == "\t" })?.offset
            else { continue }
            found.append(
                Diagnostic(
                    .error, "a tab stands in the indentation, which YAML does not allow",
                    at: place(line: index + 1, scalarColumn: offset + 1), remedy: "indent with spaces"))
        }
        if !found.isEmpty { throw Diagnostics(found) }
    }

    private static func firstInvalidByte(of bytes: [UInt8]) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error, .emptyInput: return min(offset, max(0, bytes.count - 1))
            }
        }
    }

    private static func place(ofByte offset: Int, in bytes: [UInt8], file: String) -> Diagnostic.Place {
        let before = bytes[..<offset]
        let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // Continuation bytes of UTF-8 begin no scalar.
        let column = before[start...].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return Diagnostic.Place(file: file, line: line, column: column)
    }
}
