import Experiments

/// How many examples of a drawn set each split has.
struct DrawnCounts: Hashable {
    let train: Int
    let validation: Int
    /// Of each part that has examples of its own.
    let test: Int

    /// - Throws: `DataError.unsuitable` for numbers that can't be drawn, and for a path where no file is read.
    init(_ settings: DatasetSettings, readsFiles: Bool) throws(DataError) {
        let complete = settings.resolved
        train = complete.train ?? 0
        validation = complete.validation
        test = complete.test ?? 0
        guard train > 0, validation >= 0, test > 0, test <= Int.max / 64 else {
            throw DataError(
                .unsuitable,
                "\(settings.name) can't make \(train) training, \(validation) validation and \(test) test examples",
                remedy: "ask for at least one training and one test example")
        }
        guard readsFiles || settings.path == nil else {
            throw DataError(
                .unsuitable, "\(settings.name) is drawn, not read from files", remedy: "remove `path:`")
        }
    }

    subscript(_ split: Split) -> Int {
        switch split {
        case .train: train
        case .validation: validation
        case .test: test
        }
    }
}
