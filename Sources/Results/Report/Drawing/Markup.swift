import Experiments

/// A piece of HTML or SVG: an element with what stands in it, or text. Text is escaped when it is written, so that a name
/// can't become an element, whatever it holds.
indirect enum Markup: Sendable {
    case element(String, [(name: String, value: String)], [Markup])
    case text(String)
    /// The program's own style sheet or script, which HTML reads as it stands.
    case raw(String)

    /// An element; attributes without a value are left out.
    static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [Markup] = []
    ) -> Markup {
        .element(name, attributes.compactMap { name, value in value.map { (name, $0) } }, children)
    }

    /// An element that holds one text.
    static func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String) -> Markup {
        element(name, attributes, [.text(text)])
    }

    /// As text. The same bytes are right in HTML 5 and in XML, except for elements that HTML never closes.
    var serialized: String {
        switch self {
        case .text(let text): return Markup.escape(text)
        case .raw(let text): return text
        case .element(let name, let attributes, let children):
            let list = attributes.map { " \($0.name)=\"\(Markup.escape($0.value))\"" }.joined()
            if Markup.unclosed.contains(name) { return "<\(name)\(list)>\n" }
            if children.isEmpty, Markup.shapes.contains(name) { return "<\(name)\(list)/>\n" }
            let end = Markup.inline.contains(name) ? "" : "\n"
            return "<\(name)\(list)>\(children.map(\.serialized).joined())</\(name)>\(end)"
        }
    }

    private static let unclosed: Set = ["meta"]
    private static let shapes: Set = ["circle", "line", "path", "rect"]
    /// Elements around which a line break would be seen.
    private static let inline: Set = [
        "a", "abbr", "b", "bdi", "button", "code", "kbd", "pre", "small", "span", "strong", "text", "title",
    ]

    /// Takes every character's special meaning away. Characters that HTML or XML forbids become a sign that says so.
    static func escape(_ text: String) -> String {
        text.replacingScalars { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "\r": ""
            default: isAllowed(scalar) ? nil : "\u{fffd}"
            }
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a: true
        case 0..<0x20, 0x7f..<0xa0, 0xfdd0...0xfdef: false
        default: scalar.value & 0xfffe != 0xfffe
        }
    }
}
