/// JSON with one spelling for each value.
enum CanonicalJSON {
    static func member(_ name: String, _ value: SettingValue) -> String {
        quoted(name) + ":" + text(value)
    }

    static func text(_ value: SettingValue) -> String {
        switch value {
        case .absent: "null"
        case .integer(let number): String(number)
        case .number(let number): SettingValue.shortest(number)
        case .boolean(let flag): flag ? "true" : "false"
        case .text(let text): quoted(text)
        case .list(let values): "[" + values.map(text).joined(separator: ",") + "]"
        }
    }

    /// The text in quotation marks; only what JSON demands is escaped.
    static func quoted(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            return "\"\(text)\""
        }
        return "\""
            + text.replacingScalars { scalar in
                switch scalar {
                case "\"": return "\\\""
                case "\\": return "\\\\"
                case "\n": return "\\n"
                case "\r": return "\\r"
                case "\t": return "\\t"
                case _ where scalar.value < 0x20:
                    let digits = String(scalar.value, radix: 16)
                    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: return nil
                }
            } + "\""
    }
}
