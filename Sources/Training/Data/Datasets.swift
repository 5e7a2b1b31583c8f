import Experiments

/// One entry of the list of data sets.
public struct DatasetDefinition: Sendable {
    /// The word in the experiment file.
    public let name: String
    /// One line for help texts.
    public let summary: String
    /// Whether `path` must be given; procedural and packaged sets need none.
    public let needsPath: Bool
    /// Reads the files, or prepares the drawing.
    public let load: @Sendable (DatasetSettings) throws(DataError) -> any Dataset

    init(
        name: String, summary: String, needsPath: Bool,
        load: @escaping @Sendable (DatasetSettings) throws(DataError) -> any Dataset
    ) {
        self.name = name
        self.summary = summary
        self.needsPath = needsPath
        self.load = load
    }
}

/// The data sets that an experiment file may name.
public enum Datasets {
    /// In the order in which help and errors list them. A new data set is one file and one word here.
    public static let all: [DatasetDefinition] = [
        FashionMNIST.definition, RecallGrid.definition, IDXFolder.definition, CIFAR.ten, CIFAR.hundred,
    ]

    /// The data set that the settings describe, read and checked.
    ///
    /// - Throws: `DataError`: an unknown name, a file that is missing, truncated, of another format or not the expected
    ///   one, or more examples asked for than there are.
    public static func load(_ settings: DatasetSettings) throws(DataError) -> any Dataset {
        guard let definition = all.first(where: { $0.name == settings.name }) else {
            throw DataError(
                .unknown, "no data set is called '\(settings.name)'",
                remedy: "write one of \(all.map(\.name).joined(separator: ", "))")
        }
        if definition.needsPath, settings.path == nil {
            throw DataError(
                .missing, "the data set '\(settings.name)' is read from files, but no path is given",
                remedy: "write `path:` with the folder that holds the files")
        }
        let dataset = try definition.load(settings)
        if let expected = settings.digest, let found = dataset.settings.digest, expected != found {
            throw DataError(
                .wrongDigest,
                "the files of '\(settings.name)' have the digest \(found.prefix(12))…, expected \(expected.prefix(12))…",
                remedy: "restore the files that the earlier trials used, or start a new database for the new files")
        }
        return dataset
    }
}
