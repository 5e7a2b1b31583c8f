/// One key of the experiment file: the single place that states its name, its values, its default and its meaning.
///
/// The strict reader, the JSON Schema for editors and the reference of keys are all made from the tree of these.
public struct KeyDefinition: Sendable {
    public let name: String
    public let shape: ValueShape
    public let isRequired: Bool
    /// The value where the key is left out, in the file's spelling or in words; nil for required keys and sections.
    public let defaultText: String?
    /// One sentence for the reference, without a full stop.
    public let summary: String
    /// Whether the key's value is a part of a trial's identity.
    public let isIdentity: Bool
    /// The path of the setting that the key sets, such as `train.lr`; nil for keys that shape the experiment.
    public let setting: String?

    public init(
        _ name: String, _ shape: ValueShape, isRequired: Bool = false, default defaultText: String? = nil,
        isIdentity: Bool = false, setting: String? = nil, _ summary: String
    ) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.defaultText = defaultText
        self.summary = summary
        self.isIdentity = isIdentity
        self.setting = setting
    }
}
