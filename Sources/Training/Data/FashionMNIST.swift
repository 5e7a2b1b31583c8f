import Experiments

/// Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747): 70,000 grey garments of 28 × 28 in 10 classes.
///
/// Read from Debian's package `dataset-fashion-mnist` (MIT licence), or from a folder with the same files.
enum FashionMNIST {
    static let definition = DatasetDefinition(
        name: "fashion-mnist", summary: "60,000 + 10,000 grey garments of 28×28, 10 classes", needsPath: false,
        look: { settings throws(DataError) in
            try IDXFolder.look(
                try paths(settings), settings: settings, digest: digest, classes: 10, classNames: classNames,
                normalization: (mean, deviation))
        },
        load: { settings throws(DataError) in
            try IDXFolder.load(
                try paths(settings), settings: settings, digest: digest, classes: 10, classNames: classNames,
                normalization: (mean, deviation))
        })

    /// One digest for the four files' contents, however they are wrapped.
    static var digest: String { FileDigest.combined(pins.map(\.contents)) }

    /// The four files, checked.
    static func paths(_ settings: DatasetSettings) throws(DataError) -> [String] {
        let paths = try locate(settings)
        for (path, pin) in zip(paths, pins) {
            try check(path, pin)
        }
        return paths
    }

    /// All images and labels as bytes: those for training, those for testing.
    static func garments(
        _ settings: DatasetSettings
    ) throws(DataError) -> (training: LabelledBytes, testing: LabelledBytes) {
        let paths = try paths(settings)
        let images = (try IDXFile(path: paths[0], rank: 3...3), try IDXFile(path: paths[2], rank: 3...3))
        return (
            try IDXFolder.read(images.0, labels: paths[1], keeping: images.0.count),
            try IDXFolder.read(images.1, labels: paths[3], keeping: images.1.count)
        )
    }

    private static func locate(_ settings: DatasetSettings) throws(DataError) -> [String] {
        do {
            return try IDXFolder.paths(in: settings.path ?? packageFolder)
        } catch {
            guard settings.path == nil, error.kind == .missing else { throw error }
            throw DataError(
                .missing, "Fashion-MNIST is not installed (\(error.message))",
                remedy: "apt-get install dataset-fashion-mnist, or write `path:` with the folder that holds its files")
        }
    }

    /// Where Debian's package puts the files.
    static let packageFolder = "/usr/share/datasets/fashion-mnist"

    static let classNames = [
        "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
    ]

    /// Over the 60,000 training images, where a byte of 255 is 1.
    static let mean = 0.2860405969887955
    static let deviation = 0.3530242445149226

    /// The SHA-256 of one file: of Debian's compressed file, and of what is inside.
    private struct Pin {
        let stored: String
        let contents: String
    }

    private static let pins = [
        Pin(
            stored: "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7",
            contents: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        Pin(
            stored: "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056",
            contents: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        Pin(
            stored: "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936907477e6dd344da56eaa",
            contents: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        Pin(
            stored: "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05",
            contents: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ]

    /// A file passes if it is Debian's, or if it holds the same contents in another wrapping.
    private static func check(_ path: String, _ pin: Pin) throws(DataError) {
        if try FileDigest.stored(path) == pin.stored { return }
        guard try FileDigest.contents(path) == pin.contents else {
            throw DataError(
                .wrongDigest, "\(path) is not the file of Fashion-MNIST (its SHA-256 differs)",
                remedy: "apt-get install --reinstall dataset-fashion-mnist, or use `name: idx` for data of your own")
        }
    }
}
