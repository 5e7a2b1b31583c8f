/// Everything that can change a trial's result: one layout × data set × settings × seed.
///
/// Its canonical JSON is hashed to the trial's identity. What cannot change the result (threads, jobs, paths, names) is
/// not here.
public struct TrialSpecification: Codable, Hashable, Sendable {
    /// Raised whenever a change of the code alters results; a golden run in the tests notices.
    public static let currentEngine = 3

    public var engine = TrialSpecification.currentEngine
    /// The canonical text of the layout.
    public var layout: String
    public var dataset: DatasetSettings
    public var backbone: BackboneSettings
    public var train: TrainSettings
    public var seed: Int

    public init(
        layout: String, dataset: DatasetSettings, backbone: BackboneSettings, train: TrainSettings, seed: Int
    ) {
        self.layout = layout
        self.dataset = dataset
        self.backbone = backbone
        self.train = train
        self.seed = seed
    }
}
