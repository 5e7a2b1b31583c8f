/// The data sets that a file may name, with the sizes that are known without looking at any file.
public struct DatasetWord: Sendable {
    /// The word in the file: `fashion-mnist`.
    public let name: String
    public let summary: String
    /// Examples in the training and test files, where the set is always the same; nil for other files and for drawn sets.
    public let stored: (train: Int, test: Int)?
    /// Whether the set is drawn by the program and reads no file.
    public let isProcedural: Bool
    /// Whether `path` must be given.
    public let needsPath: Bool

    /// In the order in which help and errors list them.
    public static let all = [
        DatasetWord(
            name: "fashion-mnist", summary: "28×28 grey images of ten garments", stored: (60_000, 10_000),
            isProcedural: false, needsPath: false),
        DatasetWord(
            name: "recall-grid", summary: "associative recall drawn on a grid; needs no file", stored: nil,
            isProcedural: true, needsPath: false),
        DatasetWord(
            name: "idx", summary: "any IDX files in `path`", stored: nil, isProcedural: false, needsPath: true),
        DatasetWord(
            name: "cifar-10", summary: "CIFAR-10's binary files in `path`", stored: (50_000, 10_000),
            isProcedural: false, needsPath: true),
        DatasetWord(
            name: "cifar-100", summary: "CIFAR-100's binary files in `path`", stored: (50_000, 10_000),
            isProcedural: false, needsPath: true),
    ]

    /// The word with this name.
    public static func named(_ name: String) -> DatasetWord? {
        all.first { $0.name == name }
    }
}
