import Experiments

/// Text that stays in its place on a terminal, whatever a name holds.
package enum VisibleText {
    /// Line breaks and control characters, escape sequences among them, become visible signs (U+2400…), and marks that
    /// would turn the direction of what follows are removed.
    package static func singleLine(_ text: String) -> String {
        text.replacingScalars { scalar in
            switch scalar.value {
            case 0x00..<0x20: String(picture(of: scalar))
            case 0x7f: "\u{2421}"
            case 0x80..<0xa0, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: "\u{fffd}"
            default: nil
            }
        }
    }

    /// How many cells of a terminal a text takes.
    package static func width(_ text: String) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// 2 for wide East Asian characters and emoji, 0 for marks that join the character before (Unicode TR 11), else 1.
    static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains(where: { $0.value == 0xfe0f }) { return 2 }
        if first.isWide { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return 1
        }
    }

    /// The text cut to a width, with an ellipsis where something is missing.
    package static func cut(_ text: String, to limit: Int) -> String {
        guard width(text) > limit else { return text }
        var line = ""
        var used = 0
        for character in text {
            let size = width(character)
            guard used + size <= limit - 1 else { break }
            line.append(character)
            used += size
        }
        return line + "…"
    }

    /// Right-to-left letters among others would pull their neighbours along; isolates keep them in their cell. Isolates
    /// take no room on a terminal.
    static func isolated(_ text: String) -> String {
        let turns = text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x0590...0x08ff, 0xfb1d...0xfdff, 0xfe70...0xfeff, 0x10800...0x10fff, 0x1e800...0x1efff: true
            default: false
            }
        }
        return turns ? "\u{2068}\(text)\u{2069}" : text
    }

    /// The text in lines of at most so many cells, broken between words.
    package static func wrap(_ text: String, to limit: Int, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let candidate = line.isEmpty ? (lines.isEmpty ? "" : indent) + word : line + " " + word
            if width(candidate) > limit, !line.isEmpty {
                lines.append(line)
                line = indent + word
            } else {
                line = candidate
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// The picture of a control character: U+2400 and up.
    private static func picture(of control: Unicode.Scalar) -> Unicode.Scalar {
        Unicode.Scalar(0x2400 + control.value) ?? "\u{fffd}"
    }
}
