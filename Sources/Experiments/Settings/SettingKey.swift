/// One setting of a trial: its key in the file, its values, and where it lies in `TrialSettings`.
public struct SettingKey: Sendable {
    /// When a setting has an effect at all; elsewhere it is left out of a trial's identity.
    public struct Condition: Sendable {
        /// One phrase behind "only where".
        public let summary: String
        let holds: @Sendable (TrialSettings) -> Bool

        init(_ summary: String, _ holds: @escaping @Sendable (TrialSettings) -> Bool) {
            self.summary = summary
            self.holds = holds
        }
    }

    /// Section and name with dots, as in `sweep: {axes: {train.lr: …}}`.
    public let path: String
    public let shape: ValueShape
    public let summary: String
    /// Whether the setting can change a trial's result.
    public let isIdentity: Bool
    /// What an absent value stands for, and the word that says so in a file; nil where the setting always has a value.
    public let absence: ValueShape.Word?
    public let condition: Condition?
    /// Whether the setting is in a trial's canonical form only where it differs from its default, so that adding it
    /// left the identities of earlier trials as they were.
    private(set) var isLeftOutAtDefault = false
    let read: @Sendable (TrialSettings) -> SettingValue
    let write: @Sendable (inout TrialSettings, SettingValue) -> Void

    /// The value in these settings.
    public func value(in settings: TrialSettings) -> SettingValue { read(settings) }

    /// The settings with this one changed.
    ///
    /// - Precondition: the value has the key's shape, or is absent where the key allows it.
    public func set(_ value: SettingValue, in settings: inout TrialSettings) { write(&settings, value) }

    /// The setting, left out of identities where it has its default. For settings that came later than others.
    var leftOutAtDefault: SettingKey {
        var key = self
        key.isLeftOutAtDefault = true
        return key
    }

    /// Every setting, section by section, in the order of the reference.
    public static let all: [SettingKey] = datasetKeys + backboneKeys + trainKeys

    /// The setting with this path.
    public static func named(_ path: String) -> SettingKey? { byPath[path] }

    private static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })

    /// The key's definition in the file, with the default that `TrialSettings()` states.
    var definition: KeyDefinition {
        let standard = read(TrialSettings())
        let text = standard == .absent ? absence.map { "`\($0.word)`: \($0.summary)" } : "`\(standard)`"
        let name = path.split(separator: ".").last.map(String.init) ?? path
        var sentence = summary
        if let condition { sentence += "; only where \(condition.summary)" }
        return KeyDefinition(
            name, writtenShape, default: text, isIdentity: isIdentity, setting: path, sentence)
    }

    /// The shape in a file, where a word may stand for the absent value.
    var writtenShape: ValueShape {
        guard let absence else { return shape }
        return .either([shape, .choice([absence])])
    }
}
