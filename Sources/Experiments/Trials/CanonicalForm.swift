/// The canonical form of a trial: every field that can change its result, once, in one spelling.
///
/// Defaults are filled in, what has no effect is left out, and what can be written in two ways is written in one: so two
/// specifications that must give the same result have the same form. Written as one flat JSON object with sorted keys:
/// the backbone's fields, the data set's, engine, layout, seed, and the training's.
struct CanonicalForm: Sendable {
    /// One field: `train.lr` and its value.
    struct Field: Hashable, Sendable {
        var path: String
        var value: SettingValue
    }

    /// Sorted by path.
    let fields: [Field]

    init(_ specification: TrialSpecification) {
        let settings = specification.settings.resolved(stages: Self.stages(of: specification.layout))
        fields =
            Self.fields(of: .backbone, in: settings) + Self.fields(of: .dataset, in: settings) + [
                Field(path: "engine", value: .integer(specification.engine)),
                Field(path: "layout", value: .text(specification.layout)),
                Field(path: "seed", value: .integer(specification.seed)),
            ] + Self.fields(of: .train, in: settings)
    }

    /// The whole object.
    var json: String {
        "{" + fields.map { CanonicalJSON.member($0.path, $0.value) }.joined(separator: ",") + "}"
    }

    /// The groups of settings, each a run of neighbours among the sorted keys.
    enum Section {
        case backbone, dataset, train
    }

    /// A key and the bytes that stand before its value.
    private struct PreparedKey: Sendable {
        let key: SettingKey
        let label: [UInt8]
        /// The value that is not written.
        private let silent: SettingValue

        init(_ key: SettingKey) {
            self.key = key
            label = Array((CanonicalJSON.quoted(key.path) + ":").utf8)
            silent = key.isLeftOutAtDefault ? key.read(TrialSettings()) : .absent
        }

        /// The value, where it is set, has an effect and is not left out.
        func value(in settings: TrialSettings) -> SettingValue? {
            guard key.condition?.holds(settings) ?? true else { return nil }
            let value = key.read(settings)
            return value == .absent || value == silent ? nil : value
        }
    }

    private static let backboneKeys = prepared(SettingKey.backboneKeys)
    private static let datasetKeys = prepared(SettingKey.datasetKeys + [SettingKey.datasetDigest])
    private static let trainKeys = prepared(SettingKey.trainKeys)

    private static func prepared(_ keys: [SettingKey]) -> [PreparedKey] {
        keys.filter(\.isIdentity).sorted { $0.path < $1.path }.map { PreparedKey($0) }
    }

    private static func keys(of section: Section) -> [PreparedKey] {
        switch section {
        case .backbone: backboneKeys
        case .dataset: datasetKeys
        case .train: trainKeys
        }
    }

    /// The fields of one section that are set and have an effect.
    private static func fields(of section: Section, in settings: TrialSettings) -> [Field] {
        keys(of: section).compactMap { prepared in
            prepared.value(in: settings).map { Field(path: prepared.key.path, value: $0) }
        }
    }

    /// The same as bytes of JSON, each member with a comma behind it. Values that are as in `known` are not spelt again.
    static func members(of section: Section, in settings: TrialSettings, known: inout [SpeltValue]) -> [UInt8] {
        let keys = keys(of: section)
        if known.isEmpty { known = keys.map { _ in SpeltValue() } }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        for (index, prepared) in keys.enumerated() {
            guard let value = prepared.value(in: settings) else { continue }
            if known[index].value != value {
                known[index] = SpeltValue(
                    value: value, bytes: prepared.label + CanonicalJSON.text(value).utf8 + [UInt8(ascii: ",")])
            }
            bytes += known[index].bytes
        }
        return bytes
    }

    /// A value and its member of the object.
    struct SpeltValue {
        var value = SettingValue.absent
        var bytes: [UInt8] = []
    }

    /// The stages that a canonical layout has.
    static func stages(of layout: String) -> Int {
        layout.utf8.reduce(1) { $1 == UInt8(ascii: "|") ? $0 + 1 : $0 }
    }
}

extension SettingKey {
    /// Filled in when the data set is looked up; no key of the file.
    static let datasetDigest = SettingKey.text(
        "dataset.digest", \.dataset.digest, or: .init("none", "the data set has no files"), isIdentity: true,
        "The digest of the data set's files")
}
