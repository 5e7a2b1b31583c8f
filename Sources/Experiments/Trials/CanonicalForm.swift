/// The canonical form of a trial: every field that can change its result, once, in one spelling.
///
/// Defaults are filled in, what has no effect is left out, and what can be written in two ways is written in one: so two
/// specifications that must give the same result have the same form.
struct CanonicalForm: Sendable {
    /// One field: `train.lr` and its value.
    struct Field: Hashable, Sendable {
        var path: String
        var value: SettingValue
    }

    /// Sorted by path; the seed is not among them.
    let fields: [Field]
    private let seedPlace: Int

    init(engine: Int, layout: String, settings: TrialSettings) {
        let settings = settings.resolved(stages: Self.stages(of: layout))
        var fields: [Field] = []
        fields.reserveCapacity(SettingKey.identityKeys.count + 3)
        for key in SettingKey.identityKeys where key.countsTowardsIdentity(of: settings) {
            let value = key.read(settings)
            if value != .absent {
                fields.append(Field(path: key.path, value: value))
            }
        }
        fields.append(Field(path: "engine", value: .integer(engine)))
        fields.append(Field(path: "layout", value: .text(layout)))
        if let digest = settings.dataset.digest {
            fields.append(Field(path: "dataset.digest", value: .text(digest)))
        }
        fields.sort { $0.path < $1.path }
        self.fields = fields
        seedPlace = fields.firstIndex { $0.path > "seed" } ?? fields.count
    }

    /// The JSON text around the seed's digits.
    var jsonAroundSeed: (before: String, after: String) {
        var before = "{"
        for field in fields[..<seedPlace] {
            before += CanonicalJSON.member(field.path, field.value) + ","
        }
        before += "\"seed\":"
        var after = ""
        for field in fields[seedPlace...] {
            after += "," + CanonicalJSON.member(field.path, field.value)
        }
        return (before, after + "}")
    }

    /// The stages that a canonical layout has.
    static func stages(of layout: String) -> Int {
        layout.utf8.reduce(1) { $1 == UInt8(ascii: "|") ? $0 + 1 : $0 }
    }
}

extension SettingKey {
    /// The settings that can change a result.
    static let identityKeys = all.filter(\.isIdentity)
}

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
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
