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
    /// What answers without training reach under these settings. Reads no file.
    public let baselines: @Sendable (DatasetSettings) -> [DataBaseline]

    /// What `load` would give, without the examples: as quick as checking the files allows.
    public let look: @Sendable (DatasetSettings) throws(DataError) -> DatasetFacts

    init(
        name: String, summary: String, needsPath: Bool,
        baselines: @escaping @Sendable (DatasetSettings) -> [DataBaseline] = { _ in [] },
        look: @escaping @Sendable (DatasetSettings) throws(DataError) -> DatasetFacts,
        load: @escaping @Sendable (DatasetSettings) throws(DataError) -> any Dataset
    ) {
        self.name = name
        self.summary = summary
        self.needsPath = needsPath
        self.baselines = baselines
        self.look = look
        self.load = load
    }

    /// A data set that is known only when it is loaded.
    init(
        name: String, summary: String, needsPath: Bool,
        baselines: @escaping @Sendable (DatasetSettings) -> [DataBaseline] = { _ in [] },
        load: @escaping @Sendable (DatasetSettings) throws(DataError) -> any Dataset
    ) {
        let look: @Sendable (DatasetSettings) throws(DataError) -> DatasetFacts = {
            settings throws(DataError) in DatasetFacts(try load(settings))
        }
        self.init(name: name, summary: summary, needsPath: needsPath, baselines: baselines, look: look, load: load)
    }
}

/// The data sets that an experiment file may name.
public enum Datasets {
    /// In the order in which help and errors list them. A new data set is one file and one word here.
    public static let all: [DatasetDefinition] = [
        FashionMNIST.definition, RecallGrid.definition, MirrorDifference.definition, CuedScene.definition,
        IDXFolder.definition, CIFAR.ten, CIFAR.hundred,
    ]

    /// The data set that the settings describe, read and checked.
    ///
    /// - Throws: `DataError`: an unknown name, a file that is missing, truncated, of another format or not the expected
    ///   one, or more examples asked for than there are.
    public static func load(_ settings: DatasetSettings) throws(DataError) -> any Dataset {
        let dataset = try definition(settings).load(settings)
        try check(dataset.settings, against: settings)
        return dataset
    }

    /// What a plan must know of that data set; the same errors as `load`, save for damage inside a file whose digest is
    /// as expected.
    public static func look(_ settings: DatasetSettings) throws(DataError) -> DatasetFacts {
        let facts = try definition(settings).look(settings)
        try check(facts.settings, against: settings)
        return facts
    }

    /// What answers without training reach on that data set; none where its name is unknown. Reads no file.
    public static func baselines(_ settings: DatasetSettings) -> [DataBaseline] {
        all.first { $0.name == settings.name }?.baselines(settings) ?? []
    }

    private static func definition(_ settings: DatasetSettings) throws(DataError) -> DatasetDefinition {
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
        return definition
    }

    /// Refuses files that are not those of earlier trials.
    private static func check(_ found: DatasetSettings, against asked: DatasetSettings) throws(DataError) {
        guard let expected = asked.digest, let digest = found.digest, expected != digest else { return }
        throw DataError(
            .wrongDigest,
            "the files of '\(asked.name)' have the digest \(digest.prefix(12))…, expected \(expected.prefix(12))…",
            remedy: "restore the files that the earlier trials used, or start a new database for the new files")
    }
}
