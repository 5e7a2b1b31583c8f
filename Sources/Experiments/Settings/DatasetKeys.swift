extension SettingKey {
    private static let onlyRecall = Condition("`name` is `recall-grid`") { $0.dataset.name == "recall-grid" }

    private static let onlyDrawn = Condition("`name` is a drawn set") {
        DatasetWord.named($0.dataset.name)?.isDrawn ?? false
    }
    private static let onlySized = Condition("`name` is `recall-grid` or `mirror-difference`") {
        DatasetWord.named($0.dataset.name)?.isProcedural ?? false
    }

    /// The keys of `dataset:`.
    static let datasetKeys: [SettingKey] = [
        .word(
            "dataset.name", \.dataset.name, DatasetWord.all.map { .init($0.name, $0.summary) }, "The data set"),
        .text(
            "dataset.path", \.dataset.path, or: .init("default", "the data set's usual folder"), isIdentity: false,
            "The folder that holds the data set's files; the files' digest, not this, is part of a trial's identity"),
        .integer(
            "dataset.train", \.dataset.train, 1...100_000_000,
            or: .init("all", "all that validation leaves; 32000 for drawn sets"), "Training examples"),
        .integer(
            "dataset.validation", \.dataset.validation, 0...100_000_000,
            "Examples for validation, taken from those behind the training examples"),
        .integer(
            "dataset.test", \.dataset.test, 1...100_000_000,
            or: .init("all", "all that are there; 2000 of each difficulty for drawn sets"), "Test examples"),
        .integers(
            "dataset.pairs", \.dataset.pairs, 1...21, or: .init("default", "`[2, 4, 8, 12]`"), only: onlyRecall,
            "The numbers of key–value pairs that training mixes"),
        .integers(
            "dataset.test-pairs", \.dataset.testPairs, 1...21, or: .init("default", "`[4, 8, 16]`"), only: onlyRecall,
            "The numbers of key–value pairs that are tested, each alone"),
        .integer(
            "dataset.size", \.dataset.size, 32...64, or: .init("default", "64"), only: onlySized,
            "Height and width of the drawing in pixels, 32 or 64"),
        .integer(
            "dataset.distance", \.dataset.distance, 1...3, only: onlyRecall,
            "How many cells to the right of its key a value stands"
        ).leftOutAtDefault,
        .choice(
            "dataset.variant", \.dataset.variant, only: onlyDrawn,
            "The task, or its control, on which the place of a mixer should not matter"
        ).leftOutAtDefault,
    ]
}

extension DatasetSettings.Variant: SettingChoice {
    var summary: String {
        switch self {
        case .task: "the task itself"
        case .control: "the same drawing with the answer at hand (docs/probes.md)"
        }
    }
}
