import Foundation

/// Reads the markup of a page as strictly as XML: every element is closed where it should be, every attribute is quoted,
/// nothing but the known references stands in text. Throws with the place otherwise.
struct PageReader {
    struct Element {
        var name: String
        var attributes: [String: String]
        /// The text of the element and of all within.
        var text = ""
        var path: [String]
    }

    struct Problem: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var elements: [Element] = []
    private static let unclosed: Set = ["meta"]

    init(_ page: String) throws {
        var rest = Substring(page)
        if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst("<!DOCTYPE html>".count) }
        if rest.hasPrefix("<?xml") { rest = rest[(rest.firstIndex(of: "\n") ?? rest.startIndex)...] }
        var open: [Int] = []
        while let next = rest.first {
            if next != "<" {
                let text = rest.prefix { $0 != "<" }
                let words = try PageReader.decode(String(text))
                for index in open { elements[index].text += words }
                rest = rest.dropFirst(text.count)
            } else if let match = rest.prefixMatch(of: #/</([a-z0-9]+)>/#) {
                guard let last = open.popLast(), elements[last].name == match.1 else {
                    throw Problem(description: "</\(match.1)> closes nothing")
                }
                rest = rest.dropFirst(match.0.count)
            } else if let match = rest.prefixMatch(of: #/<([a-z0-9]+)((?: [A-Za-z0-9:-]+="[^"<]*")*)(/?)>/#) {
                let path = open.map { elements[$0].name }
                elements.append(
                    Element(name: String(match.1), attributes: try PageReader.attributes(match.2), path: path))
                rest = rest.dropFirst(match.0.count)
                if match.3.isEmpty, !PageReader.unclosed.contains(String(match.1)) { open.append(elements.count - 1) }
                if ["style", "script"].contains(match.1) {
                    guard let end = rest.range(of: "</\(match.1)>") else { throw Problem(description: "no end") }
                    rest = rest[end.lowerBound...]
                }
            } else {
                throw Problem(description: "not markup: \(rest.prefix(80))")
            }
        }
        guard open.isEmpty else { throw Problem(description: "<\(elements[open[0]].name)> is not closed") }
    }

    func all(_ name: String, in ancestor: String? = nil) -> [Element] {
        elements.filter { $0.name == name && (ancestor.map($0.path.contains) ?? true) }
    }

    private static func attributes(_ text: Substring) throws -> [String: String] {
        var found: [String: String] = [:]
        for match in text.matches(of: #/ ([A-Za-z0-9:-]+)="([^"]*)"/#) {
            guard found.updateValue(try decode(String(match.2)), forKey: String(match.1)) == nil else {
                throw Problem(description: "twice the attribute \(match.1)")
            }
        }
        return found
    }

    private static func decode(_ text: String) throws -> String {
        var decoded = text
        for (reference, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")] {
            decoded = decoded.replacing(reference, with: sign)
        }
        if text.contains(#/&(?!(lt|gt|quot|amp);)/#) || text.contains(">") {
            throw Problem(description: "a sign that is not escaped: \(text.prefix(80))")
        }
        return decoded.replacing("&amp;", with: "&")
    }
}
