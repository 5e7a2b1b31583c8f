/// A JSON value whose objects keep their order, to be printed for people and machines.
indirect enum JSONValue: Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([(String, JSONValue)])

    init(_ value: SettingValue) {
        switch value {
        case .absent: self = .null
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .boolean(let flag): self = .boolean(flag)
        case .text(let text): self = .text(text)
        case .list(let values): self = .list(values.map { JSONValue($0) })
        }
    }

    /// The value as text, two spaces an indentation.
    func printed(indentation: Int = 0) -> String {
        let inner = String(repeating: "  ", count: indentation + 1)
        let outer = String(repeating: "  ", count: indentation)
        switch self {
        case .null: return "null"
        case .boolean(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .number(let number): return SettingValue.shortest(number)
        case .text(let text): return CanonicalJSON.quoted(text)
        case .list(let values):
            if values.isEmpty { return "[]" }
            let lines = values.map { inner + $0.printed(indentation: indentation + 1) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(outer)]"
        case .object(let members):
            if members.isEmpty { return "{}" }
            let lines = members.map {
                inner + CanonicalJSON.quoted($0.0) + ": " + $0.1.printed(indentation: indentation + 1)
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
        }
    }
}
