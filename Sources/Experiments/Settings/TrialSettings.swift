/// The settings of one row: which examples, which network, how it is trained.
public struct TrialSettings: Hashable, Sendable {
    public var dataset: DatasetSettings
    public var backbone: BackboneSettings
    public var train: TrainSettings

    public init(
        dataset: DatasetSettings = DatasetSettings(), backbone: BackboneSettings = BackboneSettings(),
        train: TrainSettings = TrainSettings()
    ) {
        self.dataset = dataset
        self.backbone = backbone
        self.train = train
    }
}
