/// A JSON value that keeps the order of its keys.
package indirect enum JSONText: Sendable {
    case null
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONText])
    case object([(String, JSONText)])

    package static func number(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    package static func integer(_ value: Int?) -> JSONText { value.map { .integer($0) } ?? .null }
    package static func text(_ value: String?) -> JSONText { value.map { .text($0) } ?? .null }

    /// A setting's value; a whole number has no point.
    init(_ value: SettingValue) {
        switch value {
        case .absent: self = .null
        case .integer(let number): self = .integer(number)
        case .number(let number):
            self = number == number.rounded() && abs(number) < 1e15 ? .integer(Int(number)) : .number(number)
        case .boolean(let flag): self = .flag(flag)
        case .text(let text): self = .text(text)
        case .list(let values): self = .list(values.map { JSONText($0) })
        }
    }

    /// On one line.
    package var compact: String {
        switch self {
        case .list(let items): "[" + items.map(\.compact).joined(separator: ", ") + "]"
        case .object(let fields):
            "{" + fields.map { JSONText.quote($0.0) + ": " + $0.1.compact }.joined(separator: ", ") + "}"
        default: scalar
        }
    }

    /// On several lines where it is long.
    package func pretty(indent: String = "") -> String {
        let line = compact
        guard line.count > 100 else { return line }
        let inner = indent + "  "
        switch self {
        case .list(let items):
            return "[\n" + items.map { inner + $0.pretty(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let fields):
            let lines = fields.map { inner + JSONText.quote($0.0) + ": " + $0.1.pretty(indent: inner) }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        default: return line
        }
    }

    private var scalar: String {
        switch self {
        case .flag(let flag): flag ? "true" : "false"
        case .integer(let integer): String(integer)
        // JSON has no number that is not finite.
        case .number(let number): number.isFinite ? "\(number)" : "null"
        case .text(let text): JSONText.quote(text)
        case .null, .list, .object: "null"
        }
    }

    /// A JSON string (RFC 8259, §7). `<`, U+2028 and U+2029 are escaped too, so that the text may stand in a script.
    package static func quote(_ text: String) -> String {
        "\""
            + text.replacingScalars { scalar in
                switch scalar {
                case "\"": "\\\""
                case "\\": "\\\\"
                case "\n": "\\n"
                case "\r": "\\r"
                case "\t": "\\t"
                case "<", "\u{2028}", "\u{2029}", "\u{7f}": escape(scalar)
                default: scalar.value < 0x20 ? escape(scalar) : nil
                }
            } + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
