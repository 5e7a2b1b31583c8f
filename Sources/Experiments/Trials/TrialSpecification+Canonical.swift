import Foundation

extension TrialSpecification {
    /// The trial that a stored canonical form describes; nil where this version of the program does not read it back to
    /// the same form, as where a setting that it names is unknown.
    ///
    /// The data set's folder is not in it: it may have moved.
    public init?(canonical: String) {
        guard let fields = StoredField.all(in: canonical), case .text(let layout)? = fields["layout"]?.value(as: .text),
            case .integer(let seed)? = fields["seed"]?.value(as: .integer(.min ... .max)),
            case .integer(let engine)? = fields["engine"]?.value(as: .integer(.min ... .max))
        else { return nil }
        var settings = TrialSettings()
        for key in (SettingKey.all + [SettingKey.datasetDigest]).filter(\.isIdentity) {
            if let field = fields[key.path] {
                guard let value = field.value(as: key.shape) else { return nil }
                key.set(value, in: &settings)
            } else if key.absence != nil, !key.isLeftOutAtDefault {
                key.set(.absent, in: &settings)
            }
        }
        self.init(
            layout: layout, dataset: settings.dataset, backbone: settings.backbone, train: settings.train, seed: seed)
        self.engine = engine
        guard canonicalJSON == canonical else { return nil }
    }

    /// The fields of a stored canonical form as people read them, by name; nil where it is not one.
    public static func fieldTexts(ofCanonical text: String) -> [String: String]? {
        StoredField.all(in: text)?.mapValues(\.description)
    }
}

/// One value of a canonical form, before it is known what it should be.
private enum StoredField: Decodable {
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([StoredField])

    static func all(in canonical: String) -> [String: StoredField]? {
        do {
            return try JSONDecoder().decode([String: StoredField].self, from: Data(canonical.utf8))
        } catch {
            return nil
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .boolean(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([StoredField].self))
        }
    }

    /// The value in the shape that a setting has; nil where it does not fit.
    func value(as shape: ValueShape) -> SettingValue? {
        switch (shape, self) {
        case (.integer, .integer(let number)): return .integer(number)
        case (.number, .integer(let number)): return .number(Double(number))
        case (.number, .number(let number)): return .number(number)
        case (.boolean, .boolean(let flag)): return .boolean(flag)
        case (.choice(let words), .text(let text)):
            return words.contains { $0.word == text } ? .text(text) : nil
        case (.text, .text(let text)): return .text(text)
        case (.list(let element, let count), .list(let fields)):
            let values = fields.compactMap { $0.value(as: element) }
            return values.count == fields.count && count.contains(values.count) ? .list(values) : nil
        default: return nil
        }
    }
}

extension StoredField: CustomStringConvertible {
    var description: String {
        switch self {
        case .boolean(let flag): SettingValue.boolean(flag).description
        case .integer(let number): SettingValue.integer(number).description
        case .number(let number): SettingValue.number(number).description
        case .text(let text): text
        case .list(let fields): "[" + fields.map(\.description).joined(separator: ", ") + "]"
        }
    }
}
