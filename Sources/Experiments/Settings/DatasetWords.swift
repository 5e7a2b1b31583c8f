/// The data sets that a file may name, with the sizes that are known without looking at any file.
public struct DatasetWord: Sendable {
    /// The word in the file: `fashion-mnist`.
    public let name: String
    public let summary: String
    /// Examples in the training and test files, where the set is always the same; nil for other files and for drawn sets.
    public let stored: (train: Int, test: Int)?
    /// Whether the set is drawn by the program, example by example.
    public let isDrawn: Bool
    /// Whether it is drawn without reading any file.
    public let isProcedural: Bool
    /// Whether `path` must be given.
    public let needsPath: Bool
    /// What is measured beside the loss, the metric that tells most first.
    public let metrics: [String]

    private init(
        _ name: String, _ summary: String, stored: (train: Int, test: Int)? = nil, isDrawn: Bool = false,
        isProcedural: Bool = false, needsPath: Bool = false, metrics: [String] = ["accuracy"]
    ) {
        self.name = name
        self.summary = summary
        self.stored = stored
        self.isDrawn = isDrawn
        self.isProcedural = isProcedural
        self.needsPath = needsPath
        self.metrics = metrics
    }

    /// In the order in which help and errors list them.
    public static let all = [
        DatasetWord("fashion-mnist", "28×28 grey images of ten garments", stored: (60_000, 10_000)),
        DatasetWord(
            "recall-grid", "associative recall drawn on a grid; needs no file", isDrawn: true, isProcedural: true),
        DatasetWord(
            "mirror-difference", "which cells differ from their mirror image; needs no file", isDrawn: true,
            isProcedural: true, metrics: ["average-precision", "accuracy"]),
        DatasetWord(
            "cued-scene", "garments of Fashion-MNIST; mask those of the framed one's class", isDrawn: true,
            metrics: ["mean-iou", "accuracy"]),
        DatasetWord("idx", "any IDX files in `path`", needsPath: true),
        DatasetWord("cifar-10", "CIFAR-10's binary files in `path`", stored: (50_000, 10_000), needsPath: true),
        DatasetWord("cifar-100", "CIFAR-100's binary files in `path`", stored: (50_000, 10_000), needsPath: true),
    ]

    /// The word with this name.
    public static func named(_ name: String) -> DatasetWord? {
        all.first { $0.name == name }
    }
}
