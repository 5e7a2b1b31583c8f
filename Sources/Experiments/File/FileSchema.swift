/// The JSON Schema of experiment files, for editors: completion, descriptions, and marks under most mistakes.
///
/// Made from the same definitions as the reader. What a schema cannot say (which rows exist, which sizes fit together) is
/// left to `ablate check`.
public enum FileSchema {
    /// The schema as text, draft 2020-12.
    public static var text: String { schema.pretty() + "\n" }

    private static var schema: JSONText {
        let head: [(String, JSONText)] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("ablate experiment")),
            ("description", .text("One question, the layouts that answer it, and how they are trained.")),
        ]
        let definitions: [(String, JSONText)] = [
            ("dataset", .object(members(of: .section(FileKeys.dataset)))),
            ("backbone", .object(members(of: .section(FileKeys.backbone)))),
            ("train", .object(members(of: .section(FileKeys.train)))),
        ]
        return .object(head + section(FileKeys.root) + [("$defs", .object(definitions))])
    }

    private static func section(_ keys: [KeyDefinition]) -> [(String, JSONText)] {
        let properties = keys.map { ($0.name, property($0)) }
        let required = keys.filter(\.isRequired).map { JSONText.text($0.name) }
        return [("type", .text("object"))]
            + (required.isEmpty ? [] : [("required", .list(required))])
            + [("properties", .object(properties)), ("additionalProperties", .flag(false))]
    }

    private static func property(_ key: KeyDefinition) -> JSONText {
        var members: [(String, JSONText)] = [("description", .text(key.summary + "."))]
        if case .section = key.shape, ["dataset", "backbone", "train"].contains(key.name) {
            return .object(members + [("$ref", .text("#/$defs/\(key.name)"))])
        }
        if let path = key.setting, let setting = SettingKey.named(path) {
            let standard = setting.value(in: TrialSettings())
            let absent = setting.absence.map { JSONText.text($0.word) } ?? .null
            members.append(("default", standard == .absent ? absent : JSONText(standard)))
        }
        return .object(members + self.members(of: key.shape))
    }

    private static func members(of shape: ValueShape) -> [(String, JSONText)] {
        switch shape {
        case .integer(let range):
            return [("type", .text("integer")), ("minimum", .integer(range.lowerBound))]
                + (range.upperBound == .max ? [] : [("maximum", .integer(range.upperBound))])
        case .number(let range): return [("type", .text("number"))] + limits(range)
        case .boolean: return [("type", .text("boolean"))]
        case .choice(let words): return [("enum", .list(words.map { .text($0.word) }))]
        case .text: return [("type", .list(["string", "number", "boolean"].map { .text($0) }))]
        case .name: return [("type", .list(["string", "number"].map { .text($0) })), ("minLength", .integer(1))]
        case .layout: return [("type", .text("string")), ("minLength", .integer(1))]
        case .claim: return [("type", .text("string")), ("pattern", .text("^[^>]+(>[^>]+)+$"))]
        case .list(let element, let count):
            return [
                ("type", .text("array")), ("items", .object(members(of: element))),
                ("minItems", .integer(count.lowerBound)),
            ] + (count.upperBound == .max ? [] : [("maxItems", .integer(count.upperBound))])
        case .section(let keys): return section(keys)
        case .table(let element, _):
            return [
                ("type", .text("object")), ("minProperties", .integer(1)),
                ("additionalProperties", .object(members(of: element))),
            ]
        case .either(let shapes):
            return [("anyOf", .list(shapes.map { .object(members(of: $0)) }))]
        }
    }

    private static func limits(_ range: NumberRange) -> [(String, JSONText)] {
        var limits: [(String, JSONText)] = []
        if range.lowest.isFinite {
            limits.append((range.includesLowest ? "minimum" : "exclusiveMinimum", JSONText(.number(range.lowest))))
        }
        if range.highest.isFinite {
            limits.append((range.includesHighest ? "maximum" : "exclusiveMaximum", JSONText(.number(range.highest))))
        }
        return limits
    }
}
