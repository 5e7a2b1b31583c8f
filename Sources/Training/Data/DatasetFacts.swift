import Experiments

/// What a plan must know of a data set: everything but the examples.
public struct DatasetFacts: Sendable {
    /// The settings with every default and the files' digest filled in.
    public var settings: DatasetSettings
    public var task: DataTask
    public var image: ImageSize
    public var classNames: [String]
    public var testParts: [DataPart]
    public var normalization: PixelNormalization
    private var counts: [Split: Int]

    init(
        settings: DatasetSettings, task: DataTask, image: ImageSize, classNames: [String], testParts: [DataPart] = [],
        normalization: PixelNormalization, counts: [Split: Int]
    ) {
        self.settings = settings
        self.task = task
        self.image = image
        self.classNames = classNames
        self.testParts = testParts
        self.normalization = normalization
        self.counts = counts
    }

    init(_ dataset: any Dataset) {
        self.init(
            settings: dataset.settings, task: dataset.task, image: dataset.image, classNames: dataset.classNames,
            testParts: dataset.testParts, normalization: dataset.normalization,
            counts: Dictionary(uniqueKeysWithValues: Split.allCases.map { ($0, dataset.count($0)) }))
    }

    /// How many examples a split has.
    public func count(_ split: Split) -> Int { counts[split] ?? 0 }
}
